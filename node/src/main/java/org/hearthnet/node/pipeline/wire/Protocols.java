package org.hearthnet.node.pipeline.wire;

import org.hearthnet.genesis.primitive.Hash32;

/** Names and sizes of the pipeline's protocols. Names carry the network, so that members of two networks never talk. */
public final class Protocols {
    /** Gossip topic of signed {@code JobRequest}s. */
    public static final String REQUESTS = "requests";

    /** Gossip topic of signed {@code Offer}s. */
    public static final String OFFERS = "offers";

    /** Largest message of the ring: a frame of activations. */
    public static final int MAX_RING_BYTES = 1 << 20;

    /** Largest activations of one frame; the rest of {@link #MAX_RING_BYTES} is for statement and signature. */
    public static final int MAX_ACTIVATION_BYTES = MAX_RING_BYTES - 1024;

    /** Largest message from a client: the prompt in tokens, and the assignment. */
    public static final int MAX_CLIENT_BYTES = 640 << 10;

    /** Largest message to a client. */
    public static final int MAX_STAGE_BYTES = 8 << 10;

    /** Most positions of one frame. */
    public static final int MAX_FRAME_POSITIONS = 64;

    private Protocols() {}

    /** Control of a stage by its client. */
    public static String job(Hash32 network) {
        return "/hearth/" + network.shortHex() + "/job/1";
    }

    /** Frames from a stage to the next. */
    public static String ring(Hash32 network) {
        return "/hearth/" + network.shortHex() + "/ring/1";
    }

    /** Most positions whose activations of width {@code hidden} fit into one frame, at least 1. */
    public static int framePositions(int hidden) {
        return Math.clamp(MAX_ACTIVATION_BYTES / ((long) hidden * Float.BYTES), 1, MAX_FRAME_POSITIONS);
    }
}

package org.hearthnet.node.pipeline.wire;

import java.util.Optional;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.protocol.Voucher;

/** From a client to a stage, over the control stream. */
public sealed interface ClientMessage {
    /** The encoding. */
    Codec<ClientMessage> CODEC = Codec.of(ClientMessage.class);

    /**
     * Asks a node to run a stage; the first message, once.
     *
     * @param assignment the signed {@code Assignment}
     * @param stage which of its stages
     * @param prompt for the first and the last stage
     */
    @Tag(0)
    record Open(Envelope assignment, int stage, Optional<Prompt> prompt) implements ClientMessage {}

    /** Pays for the next interval. */
    @Tag(1)
    record Pay(Voucher voucher, Signature signature) implements ClientMessage {}

    /** No more is wanted: the stage closes its account of the job. */
    @Tag(2)
    record Stop() implements ClientMessage {}
}

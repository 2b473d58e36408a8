package org.hearthnet.node.pipeline.group;

import java.util.List;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Offer;
import org.hearthnet.inference.tensor.Share;

/** Between the leader of a group and a worker. */
public sealed interface GroupMessage {
    /** The encoding. */
    Codec<GroupMessage> CODEC = Codec.of(GroupMessage.class);

    /** Protocol of the stream from the leader to a worker. */
    String CONTROL = "/hearth/group/1";

    /** Protocol of the streams between members, over which pieces of vectors go. */
    String LINK = "/hearth/group-link/1";

    /** Largest message of a control stream. */
    int MAX_BYTES = 20 << 20;

    /** Largest input of one step. */
    int MAX_INPUT = 16 << 20;

    /** Most steps that run together. */
    int MAX_STEPS = 256;

    /** Longest reason. */
    int MAX_REASON = 200;

    /**
     * The first message: what the worker is to load.
     *
     * @param group a random name, known to the group's members only
     * @param manifest {@link WorkerService#modelId} of the model
     * @param member the worker's number; the leader is 0
     * @param members all members in order
     */
    @Tag(0)
    record Setup(
            Hash32 group,
            Hash32 manifest,
            LayerSpan span,
            int member,
            @Limit(Share.MAX_MEMBERS) List<Member> members) implements GroupMessage {}

    /** Everybody has loaded: connect with the members of higher numbers. */
    @Tag(1)
    record Connect() implements GroupMessage {}

    /** Run these steps together. */
    @Tag(2)
    record Run(@Limit(MAX_STEPS) List<Item> items) implements GroupMessage {}

    /** A sequence is over. */
    @Tag(3)
    record Close(long sequence) implements GroupMessage {}

    /** What was asked for last is done. */
    @Tag(4)
    record Ready() implements GroupMessage {}

    /** The worker cannot; the last message. */
    @Tag(5)
    record Refused(@Limit(MAX_REASON) String reason) implements GroupMessage {}

    /** The first message of a stream between members: whose it is. */
    @Tag(6)
    record Join(Hash32 group, int member) implements GroupMessage {}

    /** A member and where it is reached. */
    record Member(NodeId id, @Limit(Offer.MAX_ADDRESSES) List<@Limit(Offer.MAX_ADDRESS_BYTES) String> addresses) {}

    /**
     * One step.
     *
     * @param sequence the leader's number for the sequence, which is new if the worker does not know it
     * @param limit its positions at most
     * @param logits ordinal of {@code LogitsWanted}
     * @param input token ids for a stage that starts at layer 0, else hidden rows in fp32; little-endian
     */
    record Item(
            long sequence,
            int limit,
            int logits,
            @Limit(MAX_INPUT) Bytes input) {}
}

package org.hearthnet.ledger.consensus;

import java.util.List;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Block;

/** What happens to a member. */
public sealed interface Input {
    /**
     * The block before {@code height} is final and stored.
     *
     * @param committee who votes at this height
     * @param promises what the journal holds of this height
     */
    record Begin(long height, Committee committee, List<Promise> promises) implements Input {}

    /** This member takes no part at the height after the last final block: it has no seat there, or not the key that votes. */
    record Rest() implements Input {}

    /** A message arrived; {@link MessageCheck} found nothing wrong with it. */
    record Received(NodeId from, Message message) implements Input {}

    /** The answer to {@link Effect.Build}. */
    record Built(int view, Block block) implements Input {}

    /** The answer to {@link Effect.Judge}. */
    record Judged(Hash32 block, boolean valid) implements Input {}

    /** A timer ran out. */
    record Elapsed(Timer timer) implements Input {}
}

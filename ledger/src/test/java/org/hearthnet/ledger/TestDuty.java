package org.hearthnet.ledger;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.ledger.block.TransactionBody.PostAnswer;
import org.hearthnet.ledger.block.TransactionBody.PostVerdict;
import org.hearthnet.ledger.block.TransactionBody.RevealTag;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.LedgerEvent;

/** Steps of duties, with tags that are as good as any to the ledger. */
public final class TestDuty {
    /** A tag. */
    public static final Hash32 TAG = Hash32.fromHex("11".repeat(32));

    /** Another tag. */
    public static final Hash32 OTHER_TAG = Hash32.fromHex("22".repeat(32));

    private static final Hash32 SALT = Hash32.fromHex("33".repeat(32));

    private TestDuty() {}

    /** The duties that {@code events} drew. */
    public static List<Duty> drawn(TestNetwork network, List<LedgerEvent> events) {
        return events.stream()
                .filter(LedgerEvent.DutyDrawn.class::isInstance)
                .map(e -> network.chain()
                        .read(v -> v.duty(((LedgerEvent.DutyDrawn) e).duty()))
                        .orElseThrow())
                .toList();
    }

    /** The only duty drawn in the last block. */
    public static Duty drawn(TestNetwork network) {
        List<Duty> all = drawn(network, network.events());
        if (all.size() != 1) {
            throw new AssertionError("drawn: " + all);
        }
        return all.getFirst();
    }

    /** The duty as it is now. */
    public static Duty now(TestNetwork network, Duty duty) {
        return network.chain().read(v -> v.duty(duty.id())).orElseThrow();
    }

    /** The key among {@code keys} that is {@code node}. */
    public static KeyPair keyOf(NodeId node, KeyPair... keys) {
        for (KeyPair key : keys) {
            if (key.id().equals(node)) {
                return key;
            }
        }
        throw new AssertionError("no key of " + node);
    }

    /** Agreement with {@link #TAG} sealed. */
    public static PostVerdict agree(Duty duty, TestJob job) {
        return new PostVerdict(
                duty.id(), Verdict.AGREE, Optional.of(job.opening(duty.index())), Commitments.sealedTag(TAG, SALT));
    }

    /** A difference. */
    public static PostVerdict differ(Duty duty, TestJob job) {
        return new PostVerdict(duty.id(), Verdict.DIFFER, Optional.of(job.opening(duty.index())), Hash32.ZERO);
    }

    /** Not served. */
    public static PostVerdict notServed(Duty duty) {
        return new PostVerdict(duty.id(), Verdict.NOT_SERVED, Optional.empty(), Hash32.ZERO);
    }

    /** The executor's tag. */
    public static PostAnswer answer(Duty duty, Hash32 tag) {
        return new PostAnswer(duty.id(), tag);
    }

    /** The verifier's tag. */
    public static RevealTag reveal(Duty duty) {
        return new RevealTag(duty.id(), TAG, SALT);
    }

    /** All three steps of an agreement. */
    public static void complete(TestNetwork network, Duty duty, TestJob job, KeyPair verifier, KeyPair executor) {
        network.apply(verifier, agree(duty, job));
        network.apply(executor, answer(duty, TAG));
        network.apply(verifier, reveal(duty));
    }
}

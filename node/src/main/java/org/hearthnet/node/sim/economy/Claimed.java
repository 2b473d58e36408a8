package org.hearthnet.node.sim.economy;

import java.util.List;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.ReceiptOpening;

/** What an executor keeps of a batch until its checking has ended. */
record Claimed(Member executor, List<Done> done) {
    /** A job done. */
    record Done(Assignment assignment, Member client, Receipt receipt, boolean right) {}

    List<SumTree.Sum> leaves() {
        return done.stream().map(d -> d.receipt().leaf()).toList();
    }

    /** Proof of receipt {@code index}. */
    ReceiptOpening opening(Hash32 network, int index) {
        Done one = done.get(index);
        Envelope envelope = Envelope.seal(one.client().key, network, Assignment.KIND, one.assignment());
        return new ReceiptOpening(one.receipt(), index, SumTree.path(leaves(), index), envelope);
    }
}

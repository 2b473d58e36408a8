package org.hearthnet.node.pipeline.store;

import java.util.Optional;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.MerkleFrontier;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.ReceiptBatch.SignedVoucher;
import org.jspecify.annotations.Nullable;

/** What a stage's journal says so far, and the receipt that follows from it. Not thread-safe. */
public final class StageAccount {
    private final Envelope envelope;
    private final Assignment assignment;
    private final int stage;
    private final MerkleFrontier traces = new MerkleFrontier();
    private @Nullable SignedVoucher voucher;
    private JournalEntry.@Nullable Executed last;
    private @Nullable Signature downstream;
    private @Nullable Receipt closed;

    StageAccount(JournalEntry.Opened opened) {
        this.envelope = opened.assignment();
        // Its signature was checked before it was written down.
        this.assignment = Assignment.KIND.codec().decode(envelope.payload().toArray());
        this.stage = opened.stage();
    }

    /** Takes the next entry. */
    void apply(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Opened ignored -> throw new IllegalStateException("a journal is opened once");
            case JournalEntry.Paid paid -> voucher = new SignedVoucher(paid.voucher(), paid.signature());
            case JournalEntry.Executed executed -> {
                executed.traces().forEach(traces::append);
                last = executed;
                downstream = null; // it was for fewer positions
            }
            case JournalEntry.Acknowledged ack -> {
                if (last != null && last.positions() == ack.positions()) {
                    downstream = ack.signature();
                }
            }
            case JournalEntry.Closed end -> closed = end.receipt();
        }
    }

    /** The client's signed assignment. */
    public Envelope envelope() {
        return envelope;
    }

    /** The assignment. */
    public Assignment assignment() {
        return assignment;
    }

    /** Which stage. */
    public int stage() {
        return stage;
    }

    /** The highest voucher so far. */
    public Optional<SignedVoucher> voucher() {
        return Optional.ofNullable(voucher);
    }

    /** Positions executed. */
    public int executed() {
        return last == null ? 0 : last.positions();
    }

    /** The receipt with which it was closed. */
    public Optional<Receipt> closed() {
        return Optional.ofNullable(closed);
    }

    /** The receipt as of now, if anything was executed. */
    public Optional<Receipt> receipt() {
        JournalEntry.Executed end = last;
        if (end == null) {
            return Optional.empty();
        }
        Hash32 job = assignment.id();
        return Optional.of(new Receipt(
                job,
                stage,
                assignment.stages().get(stage).executor(),
                end.positions(),
                end.inputRoot(),
                end.upstream(),
                end.outputRoot(),
                Optional.ofNullable(downstream),
                traces.root(),
                assignment.fee(stage, end.positions()),
                assignment.layerTokens(stage, end.positions())));
    }
}

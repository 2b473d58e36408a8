package org.hearthnet.node.pipeline.stage;

import java.util.Optional;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Voucher;

/**
 * Which positions of one stage of one job are paid. Pure. An executor that earned {@code before} from the same escrow in
 * earlier jobs asks for that much on top, since vouchers are cumulative over the escrow.
 */
public final class PaymentGate {
    private final Hash32 network;
    private final Assignment assignment;
    private final Hash32 job;
    private final int stage;
    private final Amount cap;
    private final Amount before;
    private Amount promised;
    private int paid;

    /**
     * Nothing is paid at first.
     *
     * @param network the network's id
     * @param assignment the job
     * @param stage this executor's stage
     * @param cap most that the escrow holds for this executor
     * @param before earned from the same escrow before this job
     */
    public PaymentGate(Hash32 network, Assignment assignment, int stage, Amount cap, Amount before) {
        this.network = network;
        this.assignment = assignment;
        this.job = assignment.id();
        this.stage = stage;
        this.cap = cap;
        this.before = before;
        this.promised = before;
    }

    /**
     * Takes a voucher.
     *
     * @return why it is not good, or nothing if it is
     */
    public Optional<String> accept(Voucher voucher, Signature signature) {
        if (!voucher.escrow().equals(assignment.escrow())
                || !voucher.job().equals(job)
                || !voucher.executor().equals(assignment.stages().get(stage).executor())) {
            return Optional.of("a voucher for another escrow, job or executor");
        }
        if (voucher.positions() <= paid || voucher.positions() > maxPositions()) {
            return Optional.of("a voucher for " + voucher.positions() + " positions after one for " + paid);
        }
        if (voucher.cumulative().compareTo(promised) < 0
                || voucher.cumulative().compareTo(before.plus(assignment.fee(stage, voucher.positions()))) < 0) {
            return Optional.of("a voucher of " + voucher.cumulative() + " does not pay " + voucher.positions()
                    + " positions on top of " + before);
        }
        if (voucher.cumulative().compareTo(cap) > 0) {
            return Optional.of("a voucher of " + voucher.cumulative() + " over the escrow's cap of " + cap);
        }
        if (!Voucher.KIND.verify(network, voucher, assignment.client(), signature)) {
            return Optional.of("a voucher whose signature is not the client's");
        }
        promised = voucher.cumulative();
        paid = voucher.positions();
        return Optional.empty();
    }

    /** Positions that may be executed. */
    public int paid() {
        return paid;
    }

    private int maxPositions() {
        return assignment.promptTokens() + assignment.maxTokens() - 1;
    }
}

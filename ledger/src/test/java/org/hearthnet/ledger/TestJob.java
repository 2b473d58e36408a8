package org.hearthnet.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.ReceiptBatch;
import org.hearthnet.genesis.protocol.ReceiptOpening;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.genesis.protocol.Voucher;
import org.hearthnet.ledger.block.TransactionBody.Cap;
import org.hearthnet.ledger.block.TransactionBody.ClaimReceipts;
import org.hearthnet.ledger.block.TransactionBody.EscrowOpen;

/** Jobs of one client for one executor that runs all layers: escrow, receipts and claim, with real trees and signatures. */
public final class TestJob {
    /** Sparks for one layer of one token. */
    public static final long PRICE = 100_000;

    private final TestNetwork network;
    private final KeyPair client;
    private final KeyPair executor;
    private final Hash32 escrow;
    private final List<Receipt> receipts = new ArrayList<>();
    private final List<Envelope> assignments = new ArrayList<>();

    private TestJob(TestNetwork network, KeyPair client, KeyPair executor, Hash32 escrow) {
        this.network = network;
        this.client = client;
        this.executor = executor;
        this.escrow = escrow;
    }

    /** Opens an escrow of {@code credits} for the executor. */
    public static TestJob open(TestNetwork network, KeyPair client, KeyPair executor, long credits) {
        long expiry = network.chain().height() + 20;
        Hash32 escrow =
                network.apply(client, new EscrowOpen(List.of(new Cap(executor.id(), Amount.credits(credits))), expiry));
        return new TestJob(network, client, executor, escrow);
    }

    /** Jobs on an escrow that is open already or will be. */
    public static TestJob of(TestNetwork network, KeyPair client, KeyPair executor, Hash32 escrow) {
        return new TestJob(network, client, executor, escrow);
    }

    /** Who executes. */
    public KeyPair executor() {
        return executor;
    }

    /** The hash of the sum tree over all receipts. */
    public Hash32 claimRoot() {
        return SumTree.root(leaves()).hash();
    }

    /** Adds a receipt of {@code positions} positions. */
    public TestJob run(int positions) {
        int number = receipts.size();
        Hash32 random = Hashing.in("test-job").add(escrow).add(number).finish();
        Assignment assignment = new Assignment(
                random,
                client.id(),
                escrow,
                TestNetwork.MODEL.id(),
                1,
                new SamplerSettings(0, 0, 1, 0),
                1,
                127,
                random,
                List.of(new Stage(executor.id(), TestNetwork.WHOLE, PRICE, List.of())));
        assignments.add(Envelope.seal(client, network.id(), Assignment.KIND, assignment));
        receipts.add(new Receipt(
                assignment.id(),
                0,
                executor.id(),
                positions,
                random,
                Optional.empty(),
                random,
                Optional.empty(),
                random,
                assignment.fee(0, positions),
                assignment.layerTokens(0, positions)));
        return this;
    }

    /** The receipts. */
    public List<Receipt> receipts() {
        return receipts;
    }

    /** The escrow. */
    public Hash32 escrow() {
        return escrow;
    }

    private List<SumTree.Sum> leaves() {
        return receipts.stream().map(Receipt::leaf).toList();
    }

    /** The sum of all fees. */
    public Amount total() {
        return SumTree.root(leaves()).fee();
    }

    /** The claim for all receipts. */
    public ClaimReceipts claim() {
        return claim(total());
    }

    /** A claim with a voucher over {@code cumulative}. */
    public ClaimReceipts claim(Amount cumulative) {
        Amount largest =
                receipts.stream().map(Receipt::fee).max(Amount::compareTo).orElseThrow();
        return new ClaimReceipts(
                new ReceiptBatch(receipts.size(), SumTree.root(leaves()), largest, List.of(voucher(cumulative))));
    }

    /** A signed voucher over {@code cumulative}. */
    public ReceiptBatch.SignedVoucher voucher(Amount cumulative) {
        Voucher voucher = new Voucher(escrow, receipts.getFirst().job(), executor.id(), cumulative, 1, Hash32.ZERO);
        return new ReceiptBatch.SignedVoucher(voucher, Voucher.KIND.sign(client, network.id(), voucher));
    }

    /** The proof of receipt {@code index}. */
    public ReceiptOpening opening(int index) {
        return new ReceiptOpening(receipts.get(index), index, SumTree.path(leaves(), index), assignments.get(index));
    }
}

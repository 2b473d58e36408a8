package org.hearthnet.ledger.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditProgress;
import org.hearthnet.ledger.audit.AuditReport;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.Chain;

/**
 * The full audit of a ledger of transfers that a chain has made, several times: once with rules that know no signature yet,
 * then with the same rules, which remember those they verified; so the second time is that of everything else. The
 * transactions are no more than rules remember.
 */
public final class AuditBench {
    private static final int BLOCK = LedgerBench.BLOCK;
    private static final int BLOCKS = 8;
    private static final int SENDERS = 1000;
    private static final Amount MAX_FEE = Amount.credits(1);

    private final ChainSpec spec;
    private final KeyPair proposer = BenchLedger.key("proposer", 0);
    private final List<KeyPair> senders;
    private final Random random = new Random(1);

    /**
     * What was measured.
     *
     * @param transactions in the ledger
     * @param seconds median of a whole audit
     * @param withoutSignatures median of one that verifies none
     */
    public record Result(int transactions, double seconds, double withoutSignatures) {}

    private AuditBench() {
        this.senders = IntStream.range(0, SENDERS)
                .mapToObj(i -> BenchLedger.key("sender", i))
                .toList();
        List<ChainSpec.Allocation> funds = IntStream.range(0, SENDERS)
                .mapToObj(i -> new ChainSpec.Allocation(
                        senders.get(i).id(), "sender-" + i, Amount.credits(1_000_000), Amount.ZERO, 0))
                .toList();
        this.spec = new ChainSpec(
                "audit-bench", true, 1, Committee.single(proposer), BenchLedger.parameters(), funds, List.of());
    }

    /** Makes a ledger in an empty directory and audits it {@code rounds} times each way. */
    public static Result run(Path directory, int rounds, BenchProgress progress) {
        return new AuditBench().measure(directory, rounds, progress);
    }

    private Result measure(Path directory, int rounds, BenchProgress progress) {
        make(directory, progress);
        double[] whole = new double[rounds];
        double[] remembered = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            progress.at("audits", i, rounds);
            Rules rules = new Rules(spec);
            whole[i] = audit(directory, rules);
            remembered[i] = audit(directory, rules);
        }
        Arrays.sort(whole);
        Arrays.sort(remembered);
        return new Result(BLOCK * BLOCKS, whole[rounds / 2], remembered[rounds / 2]);
    }

    private void make(Path directory, BenchProgress progress) {
        try (Chain chain = Chain.open(spec, RocksStore.open(directory, spec.id()))) {
            for (int block = 0; block < BLOCKS; block++) {
                progress.at("blocks", block, BLOCKS);
                var built = chain.build(proposer, 0, block + 1, transfers(block));
                var appended = chain.tryAppend(SealedBlock.bySoleMember(proposer, spec.id(), built.block()));
                if (!built.rejected().isEmpty() || !(appended instanceof Chain.Appended.Accepted)) {
                    throw new IllegalStateException("a block of the bench was refused");
                }
            }
        }
    }

    private List<SignedTransaction> transfers(int block) {
        List<Transaction> drafts = new ArrayList<>();
        int each = BLOCK / SENDERS;
        for (int i = 0; i < BLOCK; i++) {
            NodeId from = senders.get(i % SENDERS).id();
            NodeId to =
                    senders.get((i + 1 + random.nextInt(SENDERS - 1)) % SENDERS).id();
            long nonce = (long) block * each + i / SENDERS;
            drafts.add(
                    new Transaction(from, nonce, Long.MAX_VALUE, MAX_FEE, new Transfer(to, Amount.of(1), Bytes.EMPTY)));
        }
        return IntStream.range(0, BLOCK)
                .parallel()
                .mapToObj(i -> drafts.get(i).sign(senders.get(i % SENDERS), spec.id()))
                .toList();
    }

    private static double audit(Path directory, Rules rules) {
        long start = System.nanoTime();
        AuditReport report = Audit.run(directory, rules, AuditProgress.NONE);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!report.ok()) {
            throw new IllegalStateException("the bench's ledger does not pass: " + report.errors());
        }
        return seconds;
    }
}

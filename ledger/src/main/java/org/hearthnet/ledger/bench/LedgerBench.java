package org.hearthnet.ledger.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.CheckedTransaction;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.transition.BlockExecution;
import org.hearthnet.ledger.tree.StateProof;
import org.hearthnet.ledger.tree.TreeUpdate;

/**
 * Transfers between random accounts in blocks of {@value #BLOCK}: signatures, execution, tree and synced store, each timed,
 * then proofs of accounts. The senders take turns, so that every transaction of a block has another one.
 */
public final class LedgerBench {
    /** Transactions of a block. */
    public static final int BLOCK = 2000;

    /** A block is less than half full, so the fee stays the least one. */
    private static final Amount MAX_FEE = Amount.credits(1);

    private static final int WARM_UP_BLOCKS = 15;
    private static final int PROOFS = 2000;

    private final BenchLedger ledger;
    private final BenchProgress progress;
    private final Random random = new Random(1);
    private final long[] nonces;

    private LedgerBench(BenchLedger ledger, BenchProgress progress) {
        this.ledger = ledger;
        this.progress = progress;
        this.nonces = new long[ledger.senders().size()];
    }

    /**
     * Makes a ledger in an empty directory, measures and closes it.
     *
     * @param accounts at least 2
     * @param transactions rounded up to whole blocks
     */
    public static LedgerBenchResult run(Path directory, int accounts, int transactions, BenchProgress progress)
            throws IOException {
        BenchLedger.create(directory, accounts, progress);
        double accountBytes = (double) size(directory) / accounts;
        try (BenchLedger ledger = BenchLedger.open(directory, accounts)) {
            return new LedgerBench(ledger, progress).measure((transactions + BLOCK - 1) / BLOCK, accountBytes);
        }
    }

    private static long size(Path directory) throws IOException {
        long sum = 0;
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    private LedgerBenchResult measure(int blocks, double accountBytes) {
        for (int i = 0; i < WARM_UP_BLOCKS; i++) {
            progress.at("warm-up", i, WARM_UP_BLOCKS);
            block(transfers());
        }
        BlockTimes sum = new BlockTimes(0, 0, 0, 0, 0);
        double cpu = 0;
        double[] each = new double[blocks];
        for (int i = 0; i < blocks; i++) {
            progress.at("blocks", i, blocks);
            List<SignedTransaction> transfers = transfers();
            double before = cpuSeconds();
            BlockTimes times = block(transfers);
            cpu += cpuSeconds() - before;
            sum = sum.plus(times);
            each[i] = times.total();
        }
        Arrays.sort(each);
        return proofs(new Blocks(blocks, sum, cpu, each), accountBytes);
    }

    private List<SignedTransaction> transfers() {
        List<Transaction> drafts = new ArrayList<>();
        for (int i = 0; i < BLOCK; i++) {
            int sender = i % nonces.length;
            NodeId from = ledger.senders().get(sender).id();
            NodeId to = ledger.account(random.nextInt(ledger.accounts()));
            NodeId other = to.equals(from) ? ledger.account((sender + 1) % ledger.accounts()) : to;
            drafts.add(new Transaction(
                    from, nonces[sender]++, Long.MAX_VALUE, MAX_FEE, new Transfer(other, Amount.of(1), Bytes.EMPTY)));
        }
        return java.util.stream.IntStream.range(0, BLOCK)
                .parallel()
                .mapToObj(i -> signed(drafts.get(i), i))
                .toList();
    }

    private SignedTransaction signed(Transaction draft, int index) {
        KeyPair key = ledger.senders().get(index % nonces.length);
        // As it comes from outside: decoded, so that nothing is known of it yet.
        return SignedTransaction.decode(
                draft.sign(key, ledger.rules().network()).encode());
    }

    private BlockTimes block(List<SignedTransaction> transfers) {
        long start = System.nanoTime();
        List<CheckedTransaction> checked = ledger.rules().signatures().check(transfers);
        long signatures = System.nanoTime();
        StateDelta delta = execute(checked);
        long execution = System.nanoTime();
        TreeUpdate update = ledger.tree().update(ledger.tip().height() + 1, delta.changes());
        long tree = System.nanoTime();
        Block block = ledger.block(checked, update.root());
        long header = System.nanoTime();
        ledger.append(block, delta, update);
        long end = System.nanoTime();
        return new BlockTimes(
                seconds(start, signatures),
                seconds(signatures, execution),
                seconds(execution, tree),
                seconds(tree, header),
                seconds(header, end));
    }

    private StateDelta execute(List<CheckedTransaction> checked) {
        BlockExecution execution = new BlockExecution(
                ledger.rules(),
                ledger.store().state(),
                ledger.tip().height() + 1,
                ledger.tip().beacon());
        execution.expect(checked);
        for (CheckedTransaction transaction : checked) {
            execution.apply(transaction).ifPresent(reason -> {
                throw new IllegalStateException("a transfer of the bench was refused: " + reason);
            });
        }
        return execution.delta();
    }

    /** Of all threads since the start; 0 where the platform does not say. */
    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(d -> d.toNanos() / 1e9)
                .orElse(0.0);
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private record Blocks(int count, BlockTimes sum, double cpuSeconds, double[] sorted) {}

    private LedgerBenchResult proofs(Blocks blocks, double accountBytes) {
        long bytes = 0;
        int worst = 0;
        long nanos = 0;
        for (int i = 0; i < PROOFS; i++) {
            Bytes key = Tables.ACCOUNTS.key(Keys.of(ledger.account(random.nextInt(ledger.accounts()))));
            byte[] encoded = ledger.tree().prove(key, ledger.record(key)).encode();
            long start = System.nanoTime();
            boolean there = StateProof.decode(encoded)
                    .verify(ledger.tip().stateRoot(), key)
                    .isPresent();
            nanos += System.nanoTime() - start;
            if (!there) {
                throw new IllegalStateException("an account of the bench is proved absent");
            }
            bytes += encoded.length;
            worst = Math.max(worst, encoded.length);
        }
        return new LedgerBenchResult(
                ledger.accounts(),
                blocks.count * BLOCK,
                blocks.sum,
                blocks.cpuSeconds,
                accountBytes,
                blocks.sorted[blocks.count / 2],
                blocks.sorted[blocks.count - 1],
                (double) bytes / PROOFS,
                worst,
                nanos / 1e9 / PROOFS);
    }
}

package org.hearthnet.node.pipeline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.genesis.protocol.Voucher;
import org.hearthnet.node.pipeline.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves behind is what it owes and is owed. */
class JobStoreTest {
    private static final Hash32 NETWORK = new Hash32(1, 2, 3, 4);
    private static final KeyPair CLIENT = TestKeys.key(1);
    private static final KeyPair EXECUTOR = TestKeys.key(2);
    private static final int HIDDEN = 4;

    @TempDir
    private Path directory;

    private static Assignment job(int number) {
        return new Assignment(
                new Hash32(0, 0, 0, number),
                CLIENT.id(),
                new Hash32(9, 9, 9, 9),
                Hash32.ZERO,
                1,
                new SamplerSettings(0, 0, 1, 0),
                4,
                20,
                Hash32.ZERO,
                List.of(
                        new Stage(TestKeys.key(3).id(), new LayerSpan(0, 2), 3, List.of()),
                        new Stage(EXECUTOR.id(), new LayerSpan(2, 4), 3, List.of()),
                        new Stage(TestKeys.key(4).id(), new LayerSpan(4, 6), 3, List.of())));
    }

    private static JournalEntry.Opened opened(Assignment job) {
        return new JournalEntry.Opened(Envelope.seal(CLIENT, NETWORK, Assignment.KIND, job), 1, Optional.empty());
    }

    private static JournalEntry.Paid paid(Assignment job, int positions) {
        var voucher = new Voucher(job.escrow(), job.id(), EXECUTOR.id(), job.fee(1, positions), positions, Hash32.ZERO);
        return new JournalEntry.Paid(voucher, Voucher.KIND.sign(CLIENT, NETWORK, voucher));
    }

    private static JournalEntry.Executed executed(int from, int to) {
        float[] values = new float[(to - from) * HIDDEN];
        java.util.Arrays.fill(values, from + 1f);
        List<Hash32> traces = java.util.stream.IntStream.range(from, to)
                .mapToObj(i -> new Hash32(7, 7, 7, i))
                .toList();
        return new JournalEntry.Executed(
                to,
                Bytes.owned(VectorRoot.bytes(values, 0, values.length)),
                new Hash32(1, 1, 1, to),
                Optional.empty(),
                new Hash32(2, 2, 2, to),
                -1,
                traces);
    }

    private JobStore open() throws IOException {
        return JobStore.open(directory, 1 << 20);
    }

    /** Runs a stage in part and forgets it, as a killed process does. */
    private Path abandoned(int number, int frames) throws IOException {
        StageJournal journal = open().begin(opened(job(number)));
        journal.paid(paid(job(number), 4));
        journal.executed(executed(0, 4));
        for (int i = 0; i < frames; i++) {
            journal.executed(executed(4 + i, 5 + i));
        }
        return directory.resolve(job(number).id().toHex() + "-1.journal");
    }

    @Test
    void aKilledStageIsClosedWithWhatItDid() throws Exception {
        abandoned(1, 3);
        JobStore store = open();
        StoredReceipt stored = store.receipts().getFirst();
        Receipt receipt = stored.receipt();
        assertEquals(7, receipt.positions());
        assertEquals(Amount.of(3 * 2 * 7), receipt.fee());
        assertEquals(new Hash32(2, 2, 2, 7), receipt.outputRoot());
        assertEquals(
                Amount.of(3 * 2 * 4), stored.voucher().orElseThrow().voucher().cumulative());
        assertEquals(7 * HIDDEN, store.inputs(stored).activations().length);
        assertEquals(5f, store.inputs(stored).activations()[4 * HIDDEN]);
        assertEquals(receipt.fee(), store.earned(job(1).escrow()));
        assertEquals(store.receipts(), open().receipts(), "opening again changes nothing");
    }

    @Test
    void aJobIsRunOnce() throws Exception {
        abandoned(1, 0);
        JobStore store = open();
        assertThrows(IOException.class, () -> store.begin(opened(job(1))));
        store.begin(opened(job(2))).close();
        assertEquals(1, store.receipts().size(), "a stage that executed nothing leaves no trace");
    }

    @Test
    void aFullStoreTakesNoMore() throws Exception {
        abandoned(1, 0);
        JobStore full = JobStore.open(directory, 10);
        assertTrue(assertThrows(IOException.class, () -> full.begin(opened(job(2))))
                .getMessage()
                .contains("full"));
    }

    /** Whatever byte is cut off or altered, what is read is a whole number of entries from the start. */
    @Test
    void tornAndAlteredJournalsEndWhereTheyAreSound() throws Exception {
        long seed = 77;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] sound = Files.readAllBytes(abandoned(1, 3));
        for (int round = 0; round < 200; round++) {
            Path file = directory.resolve("torn");
            byte[] bytes = sound.clone();
            int at = random.nextInt(bytes.length);
            if (random.nextBoolean()) {
                bytes = java.util.Arrays.copyOf(bytes, at);
            } else {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, bytes);
            java.util.ArrayList<JournalEntry> entries = new java.util.ArrayList<>();
            long good = Journal.read(file, entries::add);
            assertTrue(good <= at);
            Journal.resume(file, good).close();
            assertEquals(good, Files.size(file));
            java.util.ArrayList<JournalEntry> again = new java.util.ArrayList<>();
            assertEquals(good, Journal.read(file, again::add));
            assertEquals(entries, again);
        }
    }

    @Test
    void aTornTailCostsOnlyWhatWasNotAnswered() throws Exception {
        Path file = abandoned(1, 3);
        Files.write(file, new byte[] {0, 0, 1}, StandardOpenOption.APPEND);
        assertEquals(7, open().receipts().getFirst().receipt().positions());
    }

    @Test
    void batchesSurviveAndArePruned() throws Exception {
        abandoned(1, 3);
        abandoned(2, 1);
        JobStore store = open();
        var sum = org.hearthnet.genesis.crypto.SumTree.root(
                store.receipts().stream().map(r -> r.receipt().leaf()).toList());
        var batch = new org.hearthnet.genesis.protocol.ReceiptBatch(2, sum, Amount.of(42), List.of());
        var references = store.receipts().stream()
                .map(r ->
                        new StoredBatch.Reference(r.receipt().job(), r.receipt().stage()))
                .toList();
        store.add(new StoredBatch(5, batch, references, StoredBatch.State.BUILT));
        assertTrue(store.unclaimed().isEmpty());
        JobStore again = open();
        assertEquals(store.batches(), again.batches());
        assertTrue(again.opening(sum.hash(), 1).orElseThrow().isIn(batch));
        assertFalse(again.opening(sum.hash(), 2).isPresent());
        again.prune(6);
        assertEquals(2, again.receipts().size(), "not claimed yet");
        again.claimed(sum.hash());
        again.rejected(sum.hash());
        assertEquals(StoredBatch.State.CLAIMED, again.batches().getFirst().state());
        again.prune(5);
        assertEquals(2, again.receipts().size());
        again.prune(6);
        assertTrue(again.receipts().isEmpty());
        assertEquals(0, again.bytes());
        assertTrue(open().receipts().isEmpty());
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aRejectedBatchFreesItsReceipts() throws Exception {
        abandoned(1, 3);
        JobStore store = open();
        var sum = org.hearthnet.genesis.crypto.SumTree.root(
                store.receipts().stream().map(r -> r.receipt().leaf()).toList());
        var batch = new org.hearthnet.genesis.protocol.ReceiptBatch(1, sum, Amount.of(42), List.of());
        store.add(
                new StoredBatch(5, batch, List.of(new StoredBatch.Reference(job(1).id(), 1)), StoredBatch.State.BUILT));
        store.rejected(sum.hash());
        assertEquals(1, store.unclaimed().size());
        assertEquals(1, open().unclaimed().size());
    }
}

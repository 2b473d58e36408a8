package org.hearthnet.node.pipeline.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.ReceiptOpening;
import org.hearthnet.node.pipeline.store.StoredBatch.Reference;
import org.hearthnet.verifier.check.StageInputs;

/**
 * An executor's jobs on disk: a journal for each stage it ran, and the batches it claimed. Whatever a killed process left
 * open is closed when the store is opened. Thread-safe; the receipts' numbers and hashes are in memory, inputs are not.
 */
public final class JobStore {
    /** Most receipts kept at once. */
    public static final int MAX_RECEIPTS = 100_000;

    private static final String JOURNAL = ".journal";
    private static final String BATCH = ".batch";

    private final Path directory;
    private final long maxBytes;
    private final Map<Reference, StoredReceipt> receipts = new LinkedHashMap<>();
    private final Map<Hash32, StoredBatch> batches = new LinkedHashMap<>();
    private long bytes;

    private JobStore(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /**
     * Opens the store in {@code directory}, which is made if it does not exist.
     *
     * @param maxBytes no stage begins while the store holds more than this
     */
    public static JobStore open(Path directory, long maxBytes) throws IOException {
        Files.createDirectories(directory);
        JobStore store = new JobStore(directory, maxBytes);
        for (Path file : store.list(JOURNAL)) {
            store.recover(file);
        }
        for (Path file : store.list(BATCH)) {
            store.readBatch(file);
        }
        return store;
    }

    private List<Path> list(String ending) throws IOException {
        List<Path> out = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ending)) {
            files.forEach(out::add);
        }
        out.sort(null);
        return out;
    }

    private void recover(Path file) throws IOException {
        StageAccount[] account = new StageAccount[1];
        long good = Journal.read(file, entry -> {
            if (entry instanceof JournalEntry.Opened opened) {
                account[0] = new StageAccount(opened);
            } else if (account[0] != null) {
                account[0].apply(entry);
            }
        });
        if (account[0] == null) {
            Files.delete(file); // not even accepted: nobody was told anything
            return;
        }
        new StageJournal(this, file, Journal.resume(file, good), account[0]).close();
    }

    private void readBatch(Path file) throws IOException {
        try {
            StoredBatch batch = StoredBatch.CODEC.decode(Files.readAllBytes(file));
            batches.put(batch.root(), batch);
        } catch (CodecException e) {
            throw new IOException(
                    file + " is damaged (" + e.getMessage() + "): the claim it names cannot be defended", e);
        }
    }

    /**
     * Begins the journal of a stage.
     *
     * @throws IOException if this stage of this job was run before, or the store is full, or the disk fails
     */
    public StageJournal begin(JournalEntry.Opened opened) throws IOException {
        StageAccount account = new StageAccount(opened);
        synchronized (this) {
            if (bytes > maxBytes || receipts.size() >= MAX_RECEIPTS) {
                throw new IOException("the store of jobs is full (" + bytes + " bytes, " + receipts.size()
                        + " receipts): it empties as audits end");
            }
        }
        Path file = directory.resolve(account.assignment().id().toHex() + "-" + opened.stage() + JOURNAL);
        if (Files.exists(file)) {
            throw new IOException("this stage of this job was run before");
        }
        Journal journal = Journal.create(file);
        journal.append(opened);
        return new StageJournal(this, file, journal, account);
    }

    /** Told by a journal that it is closed. */
    synchronized void closed(Path file, StageAccount account) throws IOException {
        if (account.closed().isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        StoredReceipt stored = new StoredReceipt(
                account.closed().get(), account.assignment().escrow(), account.envelope(), account.voucher(), file);
        receipts.put(new Reference(stored.receipt().job(), stored.receipt().stage()), stored);
        bytes += Files.size(file);
    }

    /** All closed accounts, oldest first as far as known. */
    public synchronized List<StoredReceipt> receipts() {
        return List.copyOf(receipts.values());
    }

    /** One closed account. */
    public synchronized Optional<StoredReceipt> receipt(Hash32 job, int stage) {
        return Optional.ofNullable(receipts.get(new Reference(job, stage)));
    }

    /** Fees of all receipts on {@code escrow} that are kept. */
    public synchronized Amount earned(Hash32 escrow) {
        return receipts.values().stream()
                .filter(r -> r.escrow().equals(escrow))
                .map(r -> r.receipt().fee())
                .reduce(Amount.ZERO, Amount::plus);
    }

    /** Bytes of all journals. */
    public synchronized long bytes() {
        return bytes;
    }

    /** What came into the stage of {@code receipt}. */
    public StageInputs inputs(StoredReceipt receipt) throws IOException {
        return InputReader.read(receipt.file(), receipt.receipt());
    }

    /** The trace leaves of {@code receipt}, one a position, from which tags are made. */
    public List<Hash32> traces(StoredReceipt receipt) throws IOException {
        List<Hash32> out = new ArrayList<>();
        Journal.read(receipt.file(), entry -> {
            if (entry instanceof JournalEntry.Executed executed) {
                out.addAll(executed.traces());
            }
        });
        if (!MerkleTree.root(out).equals(receipt.receipt().traceRoot())) {
            throw new IOException(receipt.file() + " does not hold the receipt's trace: it is damaged");
        }
        return out;
    }

    /** Receipts that are in no batch. */
    public synchronized List<StoredReceipt> unclaimed() {
        Collection<Reference> taken = batches.values().stream()
                .flatMap(b -> b.receipts().stream())
                .collect(java.util.stream.Collectors.toSet());
        return receipts.entrySet().stream()
                .filter(e -> !taken.contains(e.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** All batches. */
    public synchronized List<StoredBatch> batches() {
        return List.copyOf(batches.values());
    }

    /** The batch whose sum tree has the root hash {@code root}. */
    public synchronized Optional<StoredBatch> batch(Hash32 root) {
        return Optional.ofNullable(batches.get(root));
    }

    /** Keeps a new batch, before it is posted. */
    synchronized void add(StoredBatch batch) throws IOException {
        write(batch);
        batches.put(batch.root(), batch);
    }

    /** The batch is on the ledger. */
    public synchronized void claimed(Hash32 root) throws IOException {
        StoredBatch batch = batches.get(root);
        if (batch != null && batch.state() != StoredBatch.State.CLAIMED) {
            add(batch.with(StoredBatch.State.CLAIMED));
        }
    }

    /** The ledger will never take the batch: its receipts are free for another one. */
    public synchronized void rejected(Hash32 root) throws IOException {
        StoredBatch batch = batches.get(root);
        if (batch != null && batch.state() == StoredBatch.State.BUILT) {
            batches.remove(root);
            Files.deleteIfExists(batchFile(root));
        }
    }

    /** The receipt number {@code index} of a batch, with the proof that it is in it. */
    public synchronized Optional<ReceiptOpening> opening(Hash32 root, int index) {
        StoredBatch batch = batches.get(root);
        if (batch == null || index < 0 || index >= batch.receipts().size()) {
            return Optional.empty();
        }
        List<StoredReceipt> all = new ArrayList<>();
        for (Reference reference : batch.receipts()) {
            StoredReceipt stored = receipts.get(reference);
            if (stored == null) {
                return Optional.empty();
            }
            all.add(stored);
        }
        List<SumTree.Sum> leaves = all.stream().map(r -> r.receipt().leaf()).toList();
        StoredReceipt shown = all.get(index);
        return Optional.of(new ReceiptOpening(shown.receipt(), index, SumTree.path(leaves, index), shown.assignment()));
    }

    /** The account of receipt number {@code index} of a batch. */
    public synchronized Optional<StoredReceipt> receiptOf(Hash32 root, int index) {
        StoredBatch batch = batches.get(root);
        return batch == null || index < 0 || index >= batch.receipts().size()
                ? Optional.empty()
                : Optional.ofNullable(receipts.get(batch.receipts().get(index)));
    }

    /** Forgets claimed batches of epochs before {@code epoch} with all their receipts: nobody may ask any more. */
    public synchronized void prune(long epoch) throws IOException {
        for (StoredBatch batch : List.copyOf(batches.values())) {
            if (batch.epoch() < epoch && batch.state() == StoredBatch.State.CLAIMED) {
                for (Reference reference : batch.receipts()) {
                    forget(reference);
                }
                batches.remove(batch.root());
                Files.deleteIfExists(batchFile(batch.root()));
            }
        }
    }

    /** Forgets a receipt that nobody will pay any more. */
    public synchronized void discard(StoredReceipt receipt) throws IOException {
        forget(new Reference(receipt.receipt().job(), receipt.receipt().stage()));
    }

    private void forget(Reference reference) throws IOException {
        StoredReceipt stored = receipts.remove(reference);
        if (stored != null && Files.exists(stored.file())) {
            bytes -= Files.size(stored.file());
            Files.delete(stored.file());
        }
    }

    private void write(StoredBatch batch) throws IOException {
        Path file = batchFile(batch.root());
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(draft, StoredBatch.CODEC.encode(batch));
        try (var channel = java.nio.channels.FileChannel.open(draft, java.nio.file.StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path batchFile(Hash32 root) {
        return directory.resolve(root.toHex() + BATCH);
    }
}

package org.hearthnet.node.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.node.app.GenesisDraft;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.app.NodeOptions;
import org.hearthnet.node.app.NodeProcess;
import org.hearthnet.node.app.NodeRuntime;
import org.hearthnet.node.local.KeyFile;

/**
 * Members of a committee in processes of their own on this machine, and a node without a seat that sends transfers at a
 * steady rate and measures how long each takes from its sending until this node has the final block that it is in.
 */
public final class CommitteeBench {
    /** Accounts that send in turn: a pool takes only so many transactions of one sender. */
    private static final int SENDERS = 64;

    /** How long a transfer may wait, in blocks: pools take none that expires much later. */
    private static final int LIFETIME_BLOCKS = 500;

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration REST = Duration.ofSeconds(30);

    /**
     * What to measure.
     *
     * @param members processes
     * @param rate transfers a second
     * @param seconds how long
     * @param intervalMs the network's block interval
     */
    public record Settings(int members, int rate, int seconds, int intervalMs) {}

    /**
     * What was measured.
     *
     * @param sent transfers sent
     * @param lost transfers that were in no block half a minute after the last was sent
     * @param medianMs median time from sending to finality
     * @param percentile99Ms 99th percentile of it
     * @param maxMs the longest
     * @param blocks blocks meanwhile
     * @param laterViews of them those that took more than one view
     */
    public record Result(
            int sent, int lost, double medianMs, double percentile99Ms, double maxMs, long blocks, long laterViews) {}

    private final Path directory;
    private final Settings settings;
    private final List<KeyPair> members;
    private final List<KeyPair> senders;
    private final Map<Hash32, Long> sentNanos = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> tookNanos = new ConcurrentLinkedQueue<>();

    /** @param directory an empty one, for the nodes */
    public CommitteeBench(Path directory, Settings settings) {
        this.directory = directory;
        this.settings = settings;
        this.members = keys("member", settings.members());
        this.senders = keys("sender", SENDERS);
    }

    private static List<KeyPair> keys(String role, int count) {
        List<KeyPair> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] label = ByteBuffer.allocate(16)
                    .putInt(i)
                    .put(role.getBytes(StandardCharsets.US_ASCII))
                    .array();
            out.add(KeyPair.fromSeed(
                    Hashing.in("hearth/committee-bench/1").add(label).finish().toArray()));
        }
        return out;
    }

    /** Starts the nodes, measures, and ends them. */
    public Result run() throws IOException, InterruptedException {
        Path genesis = genesis();
        List<NodeProcess> processes = new ArrayList<>();
        KeyFile.create(directory.resolve("watcher"), keys("watcher", 1).getFirst());
        try (NodeRuntime watcher = NodeRuntime.open(NodeOptions.local(directory.resolve("watcher"), genesis))) {
            watcher.chain().addListener((block, events) -> arrived(block));
            for (int i = 0; i < members.size(); i++) {
                Path home = directory.resolve("member" + i);
                KeyFile.create(home, members.get(i));
                List<String> command = List.of(
                        "node",
                        "--data",
                        home.toString(),
                        "--genesis",
                        genesis.toString(),
                        "--bootstrap",
                        watcher.addresses().getFirst());
                processes.add(NodeProcess.start("member" + i, home.resolve("node.log"), command, line -> {}));
            }
            awaitBlocks(watcher);
            return measure(watcher);
        } finally {
            for (NodeProcess process : processes) {
                process.kill();
            }
        }
    }

    private Path genesis() throws IOException {
        Parameters parameters =
                NetworkPreset.with(NetworkPreset.demo(), Map.of("blockIntervalMs", "" + settings.intervalMs()));
        GenesisDraft draft = new GenesisDraft("bench", true, Committee.ofEquals(members), parameters);
        for (int i = 0; i < SENDERS; i++) {
            draft.account("sender" + i, senders.get(i).id(), Amount.credits(1_000_000));
        }
        ChainSpec spec = draft.faucet(Optional.empty()).build(System.currentTimeMillis());
        Path file = directory.resolve("genesis.json");
        SpecJson.write(file, spec);
        return file;
    }

    private static void awaitBlocks(NodeRuntime watcher) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (watcher.chain().height() < 20) {
            if (System.nanoTime() > end) {
                throw new IOException("the committee makes no blocks; see the nodes' logs");
            }
            Thread.sleep(20);
        }
    }

    private Result measure(NodeRuntime watcher) throws IOException, InterruptedException {
        long from = watcher.chain().height();
        int count = settings.rate() * settings.seconds();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / settings.rate();
            long wait = due - System.nanoTime();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            send(watcher, i);
        }
        long end = System.nanoTime() + REST.toNanos();
        while (!sentNanos.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        long to = watcher.chain().height();
        long later = 0;
        for (long height = from + 1; height <= to; height++) {
            later += watcher.chain().block(height).orElseThrow().header().view() > 0 ? 1 : 0;
        }
        return result(count, sentNanos.size(), to - from, later);
    }

    private void send(NodeRuntime watcher, int number) throws IOException {
        KeyPair sender = senders.get(number % SENDERS);
        Amount maxFee = watcher.spec().parameters().transactionFee().times(100);
        var body = new TransactionBody.Transfer(members.getFirst().id(), Amount.of(1), Bytes.EMPTY);
        SignedTransaction signed = new Transaction(
                        sender.id(), number / SENDERS, watcher.chain().height() + LIFETIME_BLOCKS, maxFee, body)
                .sign(sender, watcher.network());
        sentNanos.put(signed.id(), System.nanoTime());
        Optional<String> refusal = watcher.chain().submitSigned(signed);
        if (refusal.isPresent()) {
            throw new IOException("transfer " + number + " is refused: " + refusal.get());
        }
    }

    private void arrived(Block block) {
        long now = System.nanoTime();
        for (SignedTransaction transaction : block.transactions()) {
            Long sent = sentNanos.remove(transaction.id());
            if (sent != null) {
                tookNanos.add(now - sent);
            }
        }
    }

    private Result result(int sent, int lost, long blocks, long laterViews) {
        List<Long> sorted = tookNanos.stream().sorted().toList();
        return new Result(sent, lost, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), blocks, laterViews);
    }

    private static double at(List<Long> sorted, double part) {
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int index = (int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size()));
        return sorted.get(index) / 1e6;
    }
}

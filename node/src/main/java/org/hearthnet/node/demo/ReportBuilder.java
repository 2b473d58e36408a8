package org.hearthnet.node.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditProgress;
import org.hearthnet.ledger.audit.AuditReport;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.Directories;
import org.hearthnet.ledger.store.Holdings;
import org.hearthnet.ledger.store.LedgerView;
import org.hearthnet.ledger.store.MemoryStore;

/** Audits every store that the demo left behind, and reads the report out of them and of nothing else. */
final class ReportBuilder {
    private static final int MOST_CONVICTIONS = 100;

    private final ChainSpec spec;
    private final Path directory;
    private final Map<Cast, NodeId> keys;
    private final Map<Cast, AuditReport> audits = new EnumMap<>(Cast.class);

    ReportBuilder(ChainSpec spec, Path directory, Map<Cast, NodeId> keys) {
        this.spec = spec;
        this.directory = directory;
        this.keys = keys;
    }

    /** What the demo itself saw and no store can tell. */
    record Seen(boolean pipelineEqualsLocal, Cast killed, long heightAtKill, double seconds, long peakMiB) {}

    /** Audits one store. */
    AuditReport audit(Cast who, AuditProgress progress) {
        AuditReport report = Audit.run(directory.resolve(who.label()), spec, progress);
        audits.put(who, report);
        return report;
    }

    /** The report, after every store was audited. */
    DemoReport build(Seen seen) throws IOException {
        long height =
                audits.values().stream().mapToLong(AuditReport::height).min().orElse(-1);
        Map<String, Hash32> roots = new LinkedHashMap<>();
        for (Cast who : Cast.all()) {
            roots.put(who.label(), rootAt(who, height));
        }
        List<LedgerEvent> events = new ArrayList<>();
        try (Chain replayed = replay(height, events)) {
            return replayed.read(view -> assemble(seen, height, roots, events, view));
        }
    }

    private Hash32 rootAt(Cast who, long height) throws IOException {
        Path logs = Files.createTempDirectory("hearth-logs");
        try (RocksStore store = RocksStore.openReadOnly(directory.resolve(who.label()), spec.id(), logs)) {
            return store.header(height).orElseThrow().header().stateRoot();
        } finally {
            Directories.delete(logs);
        }
    }

    private Chain replay(long height, List<LedgerEvent> events) throws IOException {
        Path logs = Files.createTempDirectory("hearth-logs");
        Chain chain = Chain.open(spec, new MemoryStore());
        try (RocksStore store = RocksStore.openReadOnly(directory.resolve(Cast.KEEPER.label()), spec.id(), logs)) {
            for (long at = 1; at <= height; at++) {
                SealedBlock block = store.sealed(at).orElseThrow();
                switch (chain.tryAppend(block)) {
                    case Chain.Appended.Accepted accepted -> events.addAll(accepted.events());
                    case Chain.Appended.Rejected rejected ->
                        throw new IOException("block " + block.height() + " does not replay: " + rejected.reason());
                }
            }
        } finally {
            Directories.delete(logs);
        }
        return chain;
    }

    private DemoReport assemble(
            Seen seen, long height, Map<String, Hash32> roots, List<LedgerEvent> events, LedgerView view) {
        List<DemoReport.ConvictionLine> convictions = view.convictions(MOST_CONVICTIONS).stream()
                .map(this::conviction)
                .toList();
        List<String> graduated = events.stream()
                .filter(LedgerEvent.Graduated.class::isInstance)
                .map(e -> name(((LedgerEvent.Graduated) e).node()))
                .toList();
        List<DemoReport.JobLine> jobs = jobs();
        boolean recovered = audits.containsKey(seen.killed())
                && audit(seen.killed()).ok()
                && audit(seen.killed()).height() > seen.heightAtKill()
                && java.util.Objects.equals(roots.get(seen.killed().label()), roots.get(Cast.KEEPER.label()));
        List<String> problems = problems(seen, roots, convictions, graduated, jobs, recovered);
        return new DemoReport(
                problems.isEmpty(),
                jobs,
                seen.pipelineEqualsLocal(),
                convictions,
                graduated,
                recovered,
                height,
                roots,
                supply(view),
                accounts(view),
                audits.entrySet().stream()
                        .map(e -> new DemoReport.AuditLine(
                                e.getKey().label(),
                                e.getValue().ok(),
                                e.getValue().height(),
                                e.getValue().errors().size()))
                        .toList(),
                problems,
                seen.seconds(),
                seen.peakMiB());
    }

    private AuditReport audit(Cast who) {
        return java.util.Objects.requireNonNull(audits.get(who));
    }

    private List<String> problems(
            Seen seen,
            Map<String, Hash32> roots,
            List<DemoReport.ConvictionLine> convictions,
            List<String> graduated,
            List<DemoReport.JobLine> jobs,
            boolean recovered) {
        List<String> out = new ArrayList<>();
        audits.forEach((who, report) ->
                report.errors().forEach(e -> out.add("audit of " + who.label() + ": " + e.where() + ": " + e.what())));
        need(out, roots.values().stream().distinct().count() == 1, "the stores differ at one height");
        need(out, !jobs.isEmpty(), "no job was paid");
        need(out, seen.pipelineEqualsLocal(), "a pipeline's text differs from local generation");
        need(out, !graduated.isEmpty(), "no newcomer graduated");
        need(
                out,
                convictions.stream().anyMatch(c -> c.node().equals(Cast.FAYE.label())),
                "the veteran with the fault was not convicted");
        need(
                out,
                convictions.stream().allMatch(c -> c.node().equals(Cast.FAYE.label())),
                "an honest node was convicted");
        need(out, recovered, seen.killed().label() + " is not back in step after the kill");
        return out;
    }

    private static void need(List<String> problems, boolean condition, String otherwise) {
        if (!condition) {
            problems.add(otherwise);
        }
    }

    private DemoReport.ConvictionLine conviction(Conviction c) {
        return new DemoReport.ConvictionLine(
                name(c.node()), c.node(), c.stage(), c.layer(), c.position(), c.operation(), c.bond(), c.height());
    }

    private String name(NodeId id) {
        return Cast.of(id, keys).map(Cast::label).orElse(id.shortHex());
    }

    private List<DemoReport.JobLine> jobs() {
        Path folder = directory.resolve(Cast.GUS.label()).resolve("jobs");
        List<DemoReport.JobLine> out = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                out.add(job(SpecJson.mapper().readTree(file.toFile())));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out;
    }

    private DemoReport.JobLine job(JsonNode job) {
        List<String> executors = new ArrayList<>();
        for (JsonNode stage : job.path("stages")) {
            NodeId executor = NodeId.fromHex(stage.path("executor").asText());
            executors.add(name(executor) + " " + stage.path("layers").asText());
        }
        return new DemoReport.JobLine(
                Hash32.fromHex(job.path("id").asText()),
                job.path("tokens").asInt(),
                Amount.of(job.path("paid").asLong()),
                job.path("attempts").asInt(),
                executors);
    }

    private DemoReport.SupplyLine supply(LedgerView view) {
        Holdings holdings = view.holdings();
        return new DemoReport.SupplyLine(
                holdings.supply().minted(), holdings.supply().burned(), holdings.held());
    }

    private List<DemoReport.AccountLine> accounts(LedgerView view) {
        return Cast.all().stream().map(who -> account(who, view)).toList();
    }

    private DemoReport.AccountLine account(Cast who, LedgerView view) {
        NodeId id = java.util.Objects.requireNonNull(keys.get(who));
        Account account = view.account(id);
        Amount before = spec.allocations().stream()
                .filter(a -> a.account().equals(id))
                .map(a -> a.balance().plus(a.bond()))
                .reduce(Amount.ZERO, Amount::plus);
        Account.Earnings earned = account.earnings();
        return new DemoReport.AccountLine(
                who.label(),
                who.part(),
                view.role(id).name().toLowerCase(java.util.Locale.ROOT),
                before,
                account.total(),
                account.stake().bond(),
                earned.execution(),
                earned.verification().plus(earned.minted()),
                earned.finding(),
                earned.lost(),
                account.standing().reputation());
    }
}

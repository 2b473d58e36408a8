package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.ledger.bench.AuditBench;
import org.hearthnet.ledger.bench.BenchProgress;
import org.hearthnet.ledger.bench.LedgerBench;
import org.hearthnet.ledger.bench.LedgerBenchResult;
import org.hearthnet.ledger.store.Directories;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth bench ledger}: what transfers cost, and what proofs of accounts are. */
@Command(
        name = "ledger",
        description =
                "Transfers in synced blocks of 2,000 on a store of its own, part by part, and proofs of accounts.")
final class BenchLedgerCommand implements Callable<Integer> {
    private static final int MAX = 50_000_000;
    private static final int AUDITS = 5;

    @Option(names = "--accounts", defaultValue = "10000", description = "Accounts in the ledger (${DEFAULT-VALUE}).")
    private int accounts;

    @Option(
            names = "--transactions",
            defaultValue = "100000",
            description = "Transfers, in whole blocks (${DEFAULT-VALUE}).")
    private int transactions;

    @Option(names = "--compare", description = "Measure again with this many accounts, and print the ratio.")
    private @Nullable Integer compare;

    @Option(names = "--audit", description = "Instead: full audits of a ledger of 16,000 transfers, five times.")
    private boolean audit;

    @Option(names = "--directory", description = "Where to make the store, which is deleted afterwards.")
    private @Nullable Path directory;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (audit) {
            Map<String, Object> audits = inDirectory(BenchLedgerCommand::audited);
            output.print(audits, () -> print(audits, ""));
            return ExitCode.DONE;
        }
        Integer more = compare;
        for (int each : new int[] {accounts, transactions, more == null ? 2 : more}) {
            if (each < 2 || each > MAX) {
                throw CommandException.usage("--accounts, --transactions and --compare: from 2 to " + MAX);
            }
        }
        Map<String, Object> result = measured(accounts);
        if (more != null) {
            Map<String, Object> second = measured(more);
            result.put("compared", second);
            double ratio = rate(second) / rate(result);
            result.put("ratio", BenchCommand.rounded(ratio));
        }
        output.print(result, () -> print(result, ""));
        return ExitCode.DONE;
    }

    private static double rate(Map<String, Object> result) {
        return result.get("transactionsPerSecond") instanceof Number n ? n.doubleValue() : 0;
    }

    private void print(Map<?, ?> result, String indent) {
        result.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                output.line("%s%s", indent, name);
                print(inner, indent + "  ");
            } else {
                output.line("%s%-30s %s", indent, name, value);
            }
        });
    }

    /** What is measured in a directory of its own. */
    @FunctionalInterface
    private interface Measurement {
        Map<String, Object> in(Path place, BenchProgress progress) throws IOException;
    }

    private static Map<String, Object> audited(Path place, BenchProgress progress) {
        AuditBench.Result r = AuditBench.run(place, AUDITS, progress);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("transactions", r.transactions());
        out.put("auditSeconds", BenchCommand.rounded(r.seconds()));
        out.put("auditedPerSecond", Math.round(r.transactions() / r.seconds()));
        out.put("auditedWithoutSignaturesPerSecond", Math.round(r.transactions() / r.withoutSignatures()));
        return out;
    }

    private Map<String, Object> measured(int count) throws IOException {
        return inDirectory((place, progress) -> table(LedgerBench.run(place, count, transactions, progress)));
    }

    private Map<String, Object> inDirectory(Measurement measurement) throws IOException {
        Path parent = directory;
        Path place = parent == null
                ? Files.createTempDirectory("hearth-bench")
                : Files.createTempDirectory(Files.createDirectories(parent), "hearth-bench");
        try (StepProgress progress = BenchCommand.progress()) {
            return measurement.in(place, progress::at);
        } finally {
            Directories.delete(place);
        }
    }

    private static Map<String, Object> table(LedgerBenchResult r) {
        Map<String, Object> out = new LinkedHashMap<>();
        int blocks = r.transactions() / LedgerBench.BLOCK;
        out.put("accounts", r.accounts());
        out.put("transactions", r.transactions());
        out.put("transactionsPerSecond", Math.round(r.transactions() / r.sum().total()));
        out.put(
                "withoutSignaturesPerSecond",
                Math.round(r.transactions() / (r.sum().total() - r.sum().signatures())));
        out.put("signaturesPerSecond", Math.round(r.transactions() / r.sum().signatures()));
        out.put("blockMs", ms(r.sum().total() / blocks));
        out.put("blockMedianMs", ms(r.medianBlockSeconds()));
        out.put("blockWorstMs", ms(r.worstBlockSeconds()));
        out.put("blockCpuMs", ms(r.cpuSeconds() / blocks));
        out.put("signaturesMs", ms(r.sum().signatures() / blocks));
        out.put("executionMs", ms(r.sum().execution() / blocks));
        out.put("treeMs", ms(r.sum().tree() / blocks));
        out.put("headerMs", ms(r.sum().header() / blocks));
        out.put("storeMs", ms(r.sum().store() / blocks));
        out.put("accountDiskBytes", Math.round(r.accountBytes()));
        out.put("proofBytes", Math.round(r.proofBytes()));
        out.put("proofWorstBytes", r.worstProofBytes());
        out.put("proofVerifyMs", BenchCommand.rounded(r.verifySeconds() * 1000));
        return out;
    }

    private static double ms(double seconds) {
        return BenchCommand.rounded(seconds * 1000);
    }
}

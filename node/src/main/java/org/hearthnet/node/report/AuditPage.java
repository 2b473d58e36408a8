package org.hearthnet.node.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.audit.AuditHistory.Divided;
import org.hearthnet.ledger.audit.AuditHistory.ProvenFault;
import org.hearthnet.ledger.audit.AuditReport;
import org.hearthnet.ledger.audit.AuditReport.AuditError;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.node.chain.Names;

/** An audit's report as a page: the outcome, the supply over epochs, convictions with their evidence, slashes, errors. */
public final class AuditPage {
    private static final int MAX_ERRORS = 500;

    private final ChainSpec spec;
    private final Names names;
    private final AuditReport report;

    private AuditPage(ChainSpec spec, AuditReport report) {
        this.spec = spec;
        this.names = new Names(spec);
        this.report = report;
    }

    /** The page. The same report of the same network gives the same bytes. */
    public static String of(ChainSpec spec, AuditReport report) {
        return new Page("audit.html").render(new AuditPage(spec, report).values());
    }

    private Map<String, Object> values() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("ok", report.ok());
        out.put("network", spec.name());
        out.put("networkId", spec.id());
        out.put("height", report.height());
        out.put("stateRoot", report.stateRoot());
        out.put("sealed", report.sealed());
        out.put("transactions", report.history().transactions());
        out.put("convictionCount", report.convictions());
        out.put("errorCount", report.errors().size());
        out.put(
                "errors",
                report.errors().stream().limit(MAX_ERRORS).map(AuditPage::error).toList());
        out.put("supply", supply());
        out.put("charts", charts());
        out.put(
                "convictions",
                report.history().convictions().stream().map(this::conviction).toList());
        out.put("slashes", report.history().slashes().stream().map(this::slash).toList());
        return out;
    }

    private static Map<String, Object> error(AuditError error) {
        return Map.of("where", error.where(), "what", error.what());
    }

    private List<Map<String, Object>> supply() {
        return report.supply()
                .map(s -> List.of(
                        row("minted, with the allocations of genesis", s.minted()),
                        row("burned", s.burned()),
                        row("held: minted less burned", s.held())))
                .orElse(List.of());
    }

    private static Map<String, Object> row(String name, Amount amount) {
        return Map.of("name", name, "value", amount);
    }

    private List<Map<String, Object>> charts() {
        SupplyChart chart = new SupplyChart(report.history().totals());
        return chart.isDrawable()
                ? List.of(
                        chart.picture("minted", t -> t.minted().sparks()),
                        chart.picture("burned", t -> t.burned().sparks()),
                        chart.picture("held", t -> t.held().sparks()))
                : List.of();
    }

    private Map<String, Object> conviction(ProvenFault fault) {
        Conviction c = fault.conviction();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("height", c.height());
        out.put("node", names.of(c.node()));
        out.put("nodeId", c.node());
        out.put("job", c.job());
        out.put("what", c.operation());
        out.put("where", c.layer() < 0 ? "" : "layer " + c.layer() + ", position " + c.position());
        out.put("stage", c.stage());
        out.put("bond", c.bond());
        out.put("by", names.of(fault.by()));
        out.put("evidence", c.evidence());
        out.put("bytes", fault.evidenceBytes());
        out.put("holds", fault.holds());
        out.put("how", fault.how());
        return out;
    }

    private Map<String, Object> slash(Divided slash) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("height", slash.height());
        out.put("node", names.of(slash.node()));
        out.put("refund", slash.refund());
        out.put("finder", slash.finder());
        out.put("burned", slash.burned());
        out.put("held", slash.held());
        out.put("waits", !slash.held().isZero());
        return out;
    }
}

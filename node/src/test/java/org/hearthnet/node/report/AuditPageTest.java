package org.hearthnet.node.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.audit.AuditHistory;
import org.hearthnet.ledger.audit.AuditHistory.Divided;
import org.hearthnet.ledger.audit.AuditHistory.ProvenFault;
import org.hearthnet.ledger.audit.AuditHistory.Totals;
import org.hearthnet.ledger.audit.AuditReport;
import org.hearthnet.ledger.audit.AuditReport.AuditError;
import org.hearthnet.ledger.audit.AuditReport.AuditSupply;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.node.app.GenesisDraft;
import org.hearthnet.node.app.NetworkPreset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class AuditPageTest {
    private static final String HOSTILE = "<script>alert('x')</script>{{ 7 * 7 }}{% raw %}&\"";

    /** The longest that a genesis file may have. */
    private static final String LABEL = "<b>{{ 7 * 7 }}</b>&'\"<script>{%";

    private final KeyPair proposer = KeyPair.fromSeed(new byte[32]);
    private final KeyPair liar =
            KeyPair.fromSeed(Hashing.in("audit-page-test").finish().toArray());

    /** A genesis file may have any label, whatever the command that makes one allows. */
    private ChainSpec spec(String label) {
        ChainSpec plain = new GenesisDraft("page", true, Committee.single(proposer), NetworkPreset.demo())
                .account("anna", liar.id(), Amount.credits(10))
                .faucet(Optional.empty())
                .build(1_700_000_000_000L);
        List<ChainSpec.Allocation> renamed = plain.allocations().stream()
                .map(a -> a.label().equals("anna")
                        ? new ChainSpec.Allocation(a.account(), label, a.balance(), a.bond(), a.reputation())
                        : a)
                .toList();
        return new ChainSpec(
                "page " + label, true, plain.timeMs(), plain.committee(), plain.parameters(), renamed, plain.models());
    }

    private AuditReport report(boolean ok, List<AuditError> errors) {
        Conviction conviction =
                new Conviction(liar.id(), Hash32.ZERO, 1, 3, 17, "DOWN[3]", Amount.credits(100), 42, Hash32.ZERO);
        List<Totals> totals = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            totals.add(new Totals(
                    i, 10L * i + 9, Amount.of(1_000_000 + i), Amount.of(7L * i), Amount.of(1_000_000 - 6L * i)));
        }
        AuditHistory history = new AuditHistory(
                1234,
                totals,
                List.of(
                        new ProvenFault(conviction, proposer.id(), 567, true, "recomputed, wrong"),
                        new ProvenFault(conviction, proposer.id(), 567, false, HOSTILE)),
                List.of(
                        new Divided(50, liar.id(), Amount.of(1), Amount.of(2), Amount.of(3), Amount.ZERO),
                        new Divided(51, liar.id(), Amount.ZERO, Amount.ZERO, Amount.ZERO, Amount.credits(9))));
        return new AuditReport(
                ok,
                299,
                Hash32.ZERO,
                errors,
                Optional.of(new AuditSupply(Amount.credits(5), Amount.credits(2), Amount.credits(3))),
                2,
                true,
                history,
                Optional.empty());
    }

    /** The page is also well-formed XML apart from its two void elements, so a parser sees what a browser sees. */
    private static Document parsed(String page) throws Exception {
        String xml = page.replaceFirst("<!DOCTYPE html>", "")
                .replaceAll("(<meta [^>]*)>", "$1/>")
                .replace("<br>", "<br/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void thePageSaysWhatTheReportSays() throws Exception {
        String page = AuditPage.of(spec("anna"), report(true, List.of()));
        Document document = parsed(page);
        assertTrue(
                document.getElementsByTagName("title").item(0).getTextContent().contains("in order"));
        assertEquals(3, document.getElementsByTagName("svg").getLength());
        assertEquals(3, document.getElementsByTagName("polyline").getLength());
        String points = document.getElementsByTagName("polyline")
                .item(1)
                .getAttributes()
                .getNamedItem("points")
                .getTextContent();
        assertEquals(30, points.split(" ").length);
        assertTrue(points.startsWith("100.0,186.0 ") && points.endsWith(" 844.0,14.0"), points);
        for (String expected : List.of(
                "1234",
                "299",
                "DOWN[3]",
                "layer 3, position 17",
                "anna",
                "it proves the fault",
                "recomputed, wrong",
                "9 credits stay frozen",
                "5 credits",
                "epoch 29")) {
            assertTrue(page.contains(expected), expected);
        }
        assertEquals(page, AuditPage.of(spec("anna"), report(true, List.of())), "the same report, the same bytes");
    }

    @Test
    void textOfStrangersStaysText() throws Exception {
        String page = AuditPage.of(spec(LABEL), report(false, List.of(new AuditError(HOSTILE, HOSTILE))));
        assertFalse(page.contains("<script"), "escaped");
        Document document = parsed(page);
        assertEquals(0, document.getElementsByTagName("script").getLength());
        String text = document.getDocumentElement().getTextContent();
        assertTrue(text.contains(HOSTILE), "and shown as it is, neither run nor rendered");
        assertTrue(text.contains(LABEL));
        assertFalse(text.contains("49"));
        assertTrue(text.contains("There are errors: 1"));
        assertTrue(text.contains("it does not prove the fault"));
    }

    @Test
    void anEmptyReportHasAPageToo() throws Exception {
        AuditReport failed = new AuditReport(
                false,
                -1,
                Hash32.ZERO,
                List.of(new AuditError("000012.log at offset 7", "torn")),
                Optional.empty(),
                0,
                false,
                AuditHistory.NONE,
                Optional.empty());
        String text =
                parsed(AuditPage.of(spec("anna"), failed)).getDocumentElement().getTextContent();
        assertTrue(text.contains("too short for a picture"));
        assertTrue(text.contains("000012.log at offset 7"));
        assertTrue(text.contains("was not closed in good order"));
    }

    @Test
    void aFlatLineAndOnePointAreNoTrouble() {
        Totals one = new Totals(0, 9, Amount.of(5), Amount.ZERO, Amount.of(5));
        Totals two = new Totals(1, 19, Amount.of(5), Amount.ZERO, Amount.of(5));
        assertFalse(new SupplyChart(List.of(one)).isDrawable());
        Map<String, Object> flat =
                new SupplyChart(List.of(one, two)).picture("held", t -> t.held().sparks());
        assertEquals("100.0,100.0 844.0,100.0", flat.get("points"));
        assertThrows(IllegalStateException.class, () -> new Page("no-such.html"));
    }
}

package org.hearthnet.node.chain;

import java.util.Optional;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.LedgerEvent;

/** What the ledger did, in one sentence for each thing that people want to follow. */
public final class EventText {
    private final Names names;

    public EventText(Names names) {
        this.names = names;
    }

    /** A sentence; nothing for what is only bookkeeping. */
    public Optional<String> of(LedgerEvent event) {
        return switch (event) {
            case LedgerEvent.Transferred e ->
                text("%s sends %s %s credits", names.of(e.from()), names.of(e.to()), e.amount());
            case LedgerEvent.FaucetGave e -> text("the faucet gives %s %s credits", names.of(e.to()), e.amount());
            case LedgerEvent.EscrowOpened e ->
                text(
                        "%s locks %s credits in escrow %s",
                        names.of(e.client()), e.amount(), e.escrow().shortHex());
            case LedgerEvent.EscrowReturned e ->
                text(
                        "%s gets %s credits back from escrow %s",
                        names.of(e.client()), e.amount(), e.escrow().shortHex());
            case LedgerEvent.Paid e ->
                text("%s pays %s %s credits", names.of(e.client()), names.of(e.executor()), e.amount());
            case LedgerEvent.BatchClaimed e ->
                text("%s claims %d receipts for %s credits", names.of(e.executor()), e.receipts(), e.fees());
            case LedgerEvent.BatchClosed e -> Optional.empty();
            case LedgerEvent.DrawPostponed e ->
                text(
                        "the draw of batch %s waits: only %d independent verifiers",
                        e.batch().shortHex(), e.verifiers());
            case LedgerEvent.Unaudited e ->
                text("a batch of %s was never checked, for want of verifiers", names.of(e.executor()));
            case LedgerEvent.ReceiptUnchecked e ->
                text("a drawn receipt of %s could not be checked: nobody was left to draw", names.of(e.executor()));
            case LedgerEvent.DutyDrawn e ->
                text(
                        "%s is drawn to check %s%s (duty %s)",
                        names.of(e.verifier()),
                        names.of(e.executor()),
                        e.secondOpinion() ? " as a second opinion" : "",
                        e.duty().shortHex());
            case LedgerEvent.DutyMissed e ->
                text("%s misses duty %s", names.of(e.verifier()), e.duty().shortHex());
            case LedgerEvent.DutyAgreed e ->
                text(
                        "%s confirms %s's work and earns %s credits",
                        names.of(e.verifier()),
                        names.of(e.executor()),
                        e.fromPool().plus(e.minted()));
            case LedgerEvent.TagsDiffered e ->
                text(
                        "%s and %s show different tags for duty %s",
                        names.of(e.verifier()), names.of(e.executor()), e.duty().shortHex());
            case LedgerEvent.NotServed e ->
                text("%s got no inputs from %s", names.of(e.verifier()), names.of(e.executor()));
            case LedgerEvent.Differed e ->
                text("%s finds another result than %s", names.of(e.verifier()), names.of(e.executor()));
            case LedgerEvent.Disputed e ->
                text(
                        "dispute: %s challenges %s (duty %s)",
                        names.of(e.challenger()),
                        names.of(e.executor()),
                        e.duty().shortHex());
            case LedgerEvent.DisputeMoved e -> Optional.empty();
            case LedgerEvent.Dismissed e -> text("%s's accusation is dismissed", names.of(e.verifier()));
            case LedgerEvent.Silenced e ->
                text(
                        "%s %s and loses %s credits",
                        names.of(e.executor()),
                        e.confessed() ? "confesses" : "does not answer",
                        e.taken().plus(e.fee()));
            case LedgerEvent.Convicted e -> Optional.of(convicted(e.conviction()));
            case LedgerEvent.Banned e -> text("%s is banned", names.of(e.node()));
            case LedgerEvent.Slashed e ->
                text(
                        "%s's bond is slashed: %s refunded, %s to the finder, %s burned",
                        names.of(e.node()), e.refund(), e.finder(), e.burned());
            case LedgerEvent.SlashHeld e ->
                text("%s's frozen bond of %s waits for review", names.of(e.node()), e.bond());
            case LedgerEvent.Refunded e ->
                text("%s gets %s credits back from %s", names.of(e.client()), e.amount(), names.of(e.from()));
            case LedgerEvent.BondChanged e -> text("%s has a bond of %s credits", names.of(e.node()), e.bond());
            case LedgerEvent.Graduated e -> text("%s is a veteran now", names.of(e.node()));
            case LedgerEvent.Withdrawn e ->
                text("%s withdraws %s credits", names.of(e.node()), e.vested().plus(e.unbonded()));
            case LedgerEvent.SeatsOpened e -> text("from epoch %d on, seats of the committee go by bond", e.epoch());
            case LedgerEvent.SeatTaken e ->
                text("%s has a seat in the committee from epoch %d on", names.of(e.node()), e.epoch());
            case LedgerEvent.SeatLeft e ->
                text("%s has no seat in the committee from epoch %d on", names.of(e.node()), e.epoch());
            case LedgerEvent.TurnsMissed e ->
                text(
                        "%s missed %d turns to make a block and loses %d of its reputation",
                        names.of(e.node()), e.missed(), e.reputation());
            case LedgerEvent.HoldingChanged e ->
                text(
                        "%s %s model %s",
                        names.of(e.node()),
                        e.held() ? "holds" : "no longer holds",
                        e.manifest().shortHex());
        };
    }

    private String convicted(Conviction c) {
        String where = c.layer() < 0 ? "" : String.format(" in layer %d at position %d", c.layer(), c.position());
        return String.format(
                "CONVICTED: %s, for %s%s as stage %d of job %s; %s credits frozen",
                names.of(c.node()), c.operation(), where, c.stage(), c.job().shortHex(), c.bond());
    }

    private static Optional<String> text(String format, Object... arguments) {
        return Optional.of(String.format(java.util.Locale.ROOT, format, arguments));
    }
}

package org.hearthnet.node.demo;

import java.util.Map;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.LedgerEvent;

/** Turns what the ledger did into sentences; what a person need not see becomes none. */
final class Narrator {
    private final Story story;
    private final Map<Cast, NodeId> keys;

    Narrator(Story story, Map<Cast, NodeId> keys) {
        this.story = story;
        this.keys = keys;
    }

    void tell(LedgerEvent event) {
        switch (event) {
            case LedgerEvent.BatchClaimed e ->
                say("%s commits to %d receipt(s) worth %s credits", who(e.executor()), e.receipts(), e.fees());
            case LedgerEvent.DutyDrawn e ->
                say(
                        "the beacon draws %s to %s a receipt of %s",
                        who(e.verifier()), e.secondOpinion() ? "give a second opinion on" : "check", who(e.executor()));
            case LedgerEvent.DutyAgreed e ->
                say(
                        "%s computed the same as %s and earns %s credits",
                        who(e.verifier()), who(e.executor()), e.fromPool().plus(e.minted()));
            case LedgerEvent.TagsDiffered e ->
                say("the tags of %s and %s differ; another verifier is drawn", who(e.verifier()), who(e.executor()));
            case LedgerEvent.DutyMissed e -> say("%s let a duty pass", who(e.verifier()));
            case LedgerEvent.NotServed e -> say("%s got no inputs from %s", who(e.verifier()), who(e.executor()));
            case LedgerEvent.Differed e ->
                say("%s finds that %s computed something else", who(e.verifier()), who(e.executor()));
            case LedgerEvent.Disputed e ->
                say("a dispute opens: %s against %s", who(e.challenger()), who(e.executor()));
            case LedgerEvent.Dismissed e -> say("the accusation of %s was wrong", who(e.verifier()));
            case LedgerEvent.Silenced e -> say("%s could not answer and pays %s", who(e.executor()), e.taken());
            case LedgerEvent.Convicted e -> convicted(e.conviction());
            case LedgerEvent.Banned e -> say("%s is banned", who(e.node()));
            case LedgerEvent.Graduated e -> say("%s has earned the trust of a veteran", who(e.node()));
            case LedgerEvent.Refunded e ->
                say("%s gets %s credits back from %s", who(e.client()), e.amount(), who(e.from()));
            case LedgerEvent.Slashed e ->
                say(
                        "the bond of %s is divided: %s to the client, %s to the finder, %s burned",
                        who(e.node()), e.refund(), e.finder(), e.burned());
            case LedgerEvent.SlashHeld e -> say("the bond of %s waits for review", who(e.node()));
            case LedgerEvent.BondChanged e -> say("%s now has a bond of %s credits", who(e.node()), e.bond());
            case LedgerEvent.FaucetGave e -> say("the faucet gives %s %s credits", who(e.to()), e.amount());
            case LedgerEvent.EscrowOpened e -> say("%s puts %s credits in escrow", who(e.client()), e.amount());
            case LedgerEvent.Transferred e -> {}
            case LedgerEvent.EscrowReturned e -> {}
            case LedgerEvent.Paid e -> {}
            case LedgerEvent.BatchClosed e -> {}
            case LedgerEvent.DrawPostponed e -> {}
            case LedgerEvent.Unaudited e -> {}
            case LedgerEvent.ReceiptUnchecked e -> {}
            case LedgerEvent.DisputeMoved e -> {}
            case LedgerEvent.Withdrawn e -> {}
            case LedgerEvent.HoldingChanged e -> {}
        }
    }

    private void convicted(Conviction c) {
        say(
                "CONVICTED: %s, stage %d, layer %d, position %d, operation %s; bond of %s credits frozen",
                who(c.node()), c.stage(), c.layer(), c.position(), c.operation(), c.bond());
    }

    private void say(String format, Object... arguments) {
        story.line("ledger   " + format, arguments);
    }

    private String who(NodeId id) {
        return Cast.of(id, keys).map(Cast::label).orElse(id.shortHex());
    }
}

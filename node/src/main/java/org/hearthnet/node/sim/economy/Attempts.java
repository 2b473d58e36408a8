package org.hearthnet.node.sim.economy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.crypto.VrfKey;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.ReceiptBatch;
import org.hearthnet.genesis.protocol.ReceiptBatch.SignedVoucher;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.genesis.protocol.Voucher;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.block.Beacon;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.block.TransactionBody.Cap;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.node.sim.economy.Member.Trade;

/**
 * What is impossible by construction, tried on the real ledger with real signatures: every refusal in the report is the ledger's own
 * sentence.
 */
public final class Attempts {
    private static final Amount FEE = Jobs.round(Amount.credits(10));

    private final SimLedger ledger;
    private final Member thief = member(Trade.EXECUTOR, 0);
    private final Member veteran = member(Trade.EXECUTOR, 1);
    private final Member client = member(Trade.CLIENT, 0);
    private final Member newcomer = member(Trade.VERIFIER, 0);
    private final Hash32 escrow;
    private final List<Attempt> out = new ArrayList<>();

    private Attempts(long seed) {
        Parameters p = SimParameters.network();
        List<ChainSpec.Allocation> allocations = new ArrayList<>();
        for (Member m : List.of(thief, veteran)) {
            allocations.add(new ChainSpec.Allocation(
                    m.id(), "veteran", Amount.credits(100), p.minimumBond(), p.graduationReputation()));
        }
        for (Member m : List.of(client, newcomer)) {
            allocations.add(new ChainSpec.Allocation(m.id(), "other", Amount.credits(100), Amount.ZERO, 0));
        }
        ChainSpec spec =
                new ChainSpec("attempts", true, 1, Committee.single(veteran.key), p, allocations, List.of(Jobs.MODEL));
        this.ledger = new SimLedger(spec, seed);
        TransactionBody.EscrowOpen open =
                new TransactionBody.EscrowOpen(List.of(new Cap(thief.id(), FEE)), ledger.height() + 100);
        this.escrow = ledger.transaction(client.id(), open).id();
        demand(apply(client, open));
    }

    private static Member member(Trade trade, int number) {
        return new Member(trade, number, -1, Conduct.HONEST, 7);
    }

    private static void demand(Optional<String> refusal) {
        refusal.ifPresent(reason -> {
            throw new IllegalStateException("an honest transaction was refused: " + reason);
        });
    }

    private Optional<String> apply(Member sender, TransactionBody body) {
        return ledger.applySigned(sender.key, ledger.transaction(sender.id(), body));
    }

    /** Tries everything; the same seed gives the same. */
    public static List<Attempt> all(long seed) {
        Attempts attempts = new Attempts(seed);
        attempts.overIssue();
        attempts.inflate();
        attempts.intrude();
        attempts.seams();
        attempts.beacons();
        return List.copyOf(attempts.out);
    }

    private void attempt(String strategy, String what, Member sender, TransactionBody body) {
        Optional<String> refusal = apply(sender, body);
        out.add(new Attempt(strategy, what, refusal.orElse("accepted"), refusal.isPresent()));
    }

    private SignedVoucher voucher(Amount cumulative, Member signer, Member executor) {
        Voucher v = new Voucher(escrow, Hash32.ZERO, executor.id(), cumulative, 1, Hash32.ZERO);
        return new SignedVoucher(v, Voucher.KIND.sign(signer.key, ledger.network(), v));
    }

    private Claimed.Done done(Amount fee, int number) {
        Hash32 salt = Hashing.in("hearth/sim-attempt/1").add(number).finish();
        Assignment assignment = Jobs.assignment(client, thief, escrow, fee, salt);
        return new Claimed.Done(assignment, client, Jobs.receipt(assignment, true), true);
    }

    private static TransactionBody.ClaimReceipts claim(Amount fee, Amount largest, SignedVoucher... vouchers) {
        SumTree.Sum leaf = new SumTree.Sum(Hash32.ZERO, fee, 1);
        return new TransactionBody.ClaimReceipts(
                new ReceiptBatch(1, SumTree.root(List.of(leaf)), largest, List.of(vouchers)));
    }

    private void overIssue() {
        String name = "voucher and escrow over-issuer";
        attempt(
                name,
                "an escrow of more than the account has",
                client,
                new TransactionBody.EscrowOpen(List.of(new Cap(thief.id(), Amount.credits(100))), 1000));
        attempt(
                name,
                "spending what is in an escrow",
                client,
                new TransactionBody.Transfer(thief.id(), Amount.credits(95), Bytes.EMPTY));
        Amount twice = FEE.times(2);
        attempt(name, "a voucher over the cap", thief, claim(twice, twice, voucher(twice, client, thief)));
        attempt(name, "one escrow for another executor", veteran, claim(FEE, FEE, voucher(FEE, client, veteran)));
    }

    private void inflate() {
        String name = "claim inflater";
        Amount more = FEE.plus(Amount.of(400));
        attempt(name, "receipts for more than the vouchers", thief, claim(more, more, voucher(FEE, client, thief)));
        attempt(name, "a voucher signed by itself", thief, claim(FEE, FEE, voucher(FEE, thief, thief)));
        attempt(
                name,
                "one voucher twice in a claim",
                thief,
                claim(FEE.times(2), FEE.times(2), voucher(FEE, client, thief), voucher(FEE, client, thief)));
        Amount huge = Amount.credits(500);
        attempt(name, "a receipt over the exposure cap", thief, claim(huge, huge, voucher(FEE, client, thief)));
        Claimed.Done real = done(FEE, 1);
        ReceiptBatch batch = new ReceiptBatch(
                1, SumTree.root(List.of(real.receipt().leaf())), FEE, List.of(voucher(FEE, client, thief)));
        demand(apply(thief, new TransactionBody.ClaimReceipts(batch)));
        attempt("replay farmer", "a second batch in the epoch", thief, new TransactionBody.ClaimReceipts(batch));
        nextEpoch();
        attempt("replay farmer", "the same voucher once more", thief, new TransactionBody.ClaimReceipts(batch));
        inflatedReceipt(name);
    }

    private void nextEpoch() {
        long epoch = ledger.epoch();
        while (ledger.epoch() == epoch) {
            ledger.next(events -> false);
        }
    }

    /** A receipt whose fee is not its price: a friend paid for it, but a drawn verifier cannot open it. */
    private void inflatedReceipt(String name) {
        Member friend = newcomer;
        TransactionBody.EscrowOpen open =
                new TransactionBody.EscrowOpen(List.of(new Cap(thief.id(), FEE)), ledger.height() + 100);
        Hash32 paid = ledger.transaction(friend.id(), open).id();
        demand(apply(friend, open));
        Hash32 salt = Hashing.in("hearth/sim-attempt/1").add(2).finish();
        Assignment assignment = Jobs.assignment(friend, thief, paid, Amount.of(400), salt);
        Receipt cheap = Jobs.receipt(assignment, true);
        Receipt inflated = new Receipt(
                cheap.job(),
                0,
                thief.id(),
                cheap.positions(),
                cheap.inputRoot(),
                Optional.empty(),
                cheap.outputRoot(),
                Optional.empty(),
                cheap.traceRoot(),
                FEE,
                cheap.layerTokens());
        Claimed claimed = new Claimed(thief, List.of(new Claimed.Done(assignment, friend, inflated, true)));
        Voucher v = new Voucher(paid, assignment.id(), thief.id(), FEE, 1, Hash32.ZERO);
        SignedVoucher voucher = new SignedVoucher(v, Voucher.KIND.sign(friend.key, ledger.network(), v));
        ReceiptBatch batch = new ReceiptBatch(1, SumTree.root(claimed.leaves()), FEE, List.of(voucher));
        demand(apply(thief, new TransactionBody.ClaimReceipts(batch)));
        List<Member> holders = new ArrayList<>();
        for (int i = 0; i < SimParameters.network().minimumVerifiers(); i++) {
            Member holder = member(Trade.VERIFIER, 10 + i);
            demand(apply(veteran, new TransactionBody.Transfer(holder.id(), Amount.credits(1), Bytes.EMPTY)));
            demand(apply(holder, new TransactionBody.RegisterHolding(Jobs.MODEL.id(), Jobs.WHOLE)));
            holders.add(holder);
        }
        LedgerEvent.DutyDrawn duty =
                drawn(Batch.id(thief.id(), ledger.epoch(), batch.root().hash()));
        Member verifier = holders.stream()
                .filter(h -> h.id().equals(duty.verifier()))
                .findFirst()
                .orElseThrow();
        attempt(
                name,
                "a receipt that costs more than its price, opened by the verifier",
                verifier,
                new TransactionBody.PostVerdict(
                        duty.duty(), Verdict.DIFFER, Optional.of(claimed.opening(ledger.network(), 0)), Hash32.ZERO));
        falseVerdicts(duty, verifier);
    }

    private LedgerEvent.DutyDrawn drawn(Hash32 batch) {
        for (int blocks = 0; blocks < 40; blocks++) {
            for (LedgerEvent event : ledger.next(events -> false)) {
                if (event instanceof LedgerEvent.DutyDrawn drawn
                        && drawn.batch().equals(batch)) {
                    return drawn;
                }
            }
        }
        throw new IllegalStateException("a fresh veteran's receipt was not drawn");
    }

    private void falseVerdicts(LedgerEvent.DutyDrawn duty, Member verifier) {
        attempt("false accuser", "a verdict on another's duty", veteran, notServed(duty));
        attempt(
                "false accuser",
                "a difference without showing the receipt",
                verifier,
                new TransactionBody.PostVerdict(duty.duty(), Verdict.DIFFER, Optional.empty(), Hash32.ZERO));
        attempt(
                "lazy verifier",
                "a tag shown before the executor's",
                verifier,
                new TransactionBody.RevealTag(duty.duty(), Hash32.ZERO, Hash32.ZERO));
        attempt(
                "non-server",
                "an answer before there is a verdict",
                thief,
                new TransactionBody.PostAnswer(duty.duty(), Commitments.sealedTag(Hash32.ZERO, Hash32.ZERO)));
    }

    private static TransactionBody.PostVerdict notServed(LedgerEvent.DutyDrawn duty) {
        return new TransactionBody.PostVerdict(duty.duty(), Verdict.NOT_SERVED, Optional.empty(), Hash32.ZERO);
    }

    private void intrude() {
        attempt(
                "private corner",
                "holding a model that is not approved",
                thief,
                new TransactionBody.RegisterHolding(
                        Hashing.in("hearth/sim-attempt/1").add(3).finish(), Jobs.WHOLE));
        attempt("Sybil newcomers", "executing without a bond", newcomer, claim(FEE, FEE));
        attempt("Sybil newcomers", "a bond without a record", newcomer, new TransactionBody.Bond(Amount.credits(1)));
        out.add(forged());
    }

    private Attempt forged() {
        var transaction = ledger.transaction(
                veteran.id(), new TransactionBody.Transfer(thief.id(), Amount.credits(1), Bytes.EMPTY));
        Optional<String> refusal = ledger.applySigned(thief.key, transaction);
        return new Attempt(
                "claim inflater", "a transaction in another's name", refusal.orElse("accepted"), refusal.isPresent());
    }

    /** Two signatures on one seam: accepted from anybody, and what it costs stands on the ledger. */
    private void seams() {
        KeyPair key = thief.key;
        BoundaryStatement sent = new BoundaryStatement(escrow, 1, 64, Hash32.ZERO);
        BoundaryStatement committed = new BoundaryStatement(escrow, 1, 64, escrow);
        Hash32 network = ledger.network();
        TransactionBody.ReportEquivocation report = new TransactionBody.ReportEquivocation(
                thief.id(),
                sent,
                BoundaryStatement.KIND.sign(key, network, sent),
                committed,
                BoundaryStatement.KIND.sign(key, network, committed));
        demand(apply(newcomer, report));
        ledger.next(events -> false);
        boolean gone = ledger.account(thief.id()).stake().bond().isZero();
        out.add(new Attempt(
                "seam poisoner",
                "other activations sent than committed to, reported by the neighbour",
                gone ? "convicted by its two signatures, drawn or not" : "nothing happened",
                gone));
        Hash32 salt = Hashing.in("hearth/sim-attempt/1").add(4).finish();
        boolean differs =
                !Commitments.prompt(salt, new int[] {1, 2, 3}).equals(Commitments.prompt(salt, new int[] {1, 2, 4}));
        out.add(new Attempt(
                "prompt substituter",
                "another prompt under the client's commitment",
                differs ? "the commitment is another, so the receipt's inputs do not fit" : "the commitment fits",
                differs));
    }

    private void beacons() {
        Hash32 previous = Hashing.in("hearth/sim-attempt/1").add(5).finish();
        VrfKey key = VrfKey.of(thief.key);
        var other = Beacon.prove(key, ledger.network(), previous, 43);
        boolean passes = Beacon.verify(key.publicKey(), ledger.network(), previous, 42, other);
        out.add(new Attempt(
                "beacon re-roller",
                "a second beacon for one place in the chain",
                passes
                        ? "accepted"
                        : "the proof is for another place: a leader has one beacon, and can only give up its turn",
                !passes));
    }
}

package org.hearthnet.ledger.state.transition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.ReceiptBatch;
import org.hearthnet.genesis.protocol.ReceiptBatch.SignedVoucher;
import org.hearthnet.genesis.protocol.Voucher;
import org.hearthnet.genesis.rules.AuditRate;
import org.hearthnet.genesis.rules.Exposure;
import org.hearthnet.genesis.rules.FeeSplit;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.ledger.block.TransactionBody.ClaimReceipts;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Account.Claims;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Escrow;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.Tables.Marker;

/** A veteran's claim: redeems vouchers and commits to the receipts that they pay for. */
final class ClaimRule {
    /** Most batches of one account that wait to be withdrawn. */
    static final int MAX_WAITING = 64;

    private ClaimRule() {}

    static void apply(Context context, NodeId sender, ClaimReceipts body) {
        ReceiptBatch batch = body.batch();
        Account account = context.account(sender);
        Refusal.unless(account.role(context.parameters()) == Role.VETERAN, "only a veteran is paid for executing");
        Refusal.unless(account.claims().lastEpoch() < context.epoch(), "a second batch in one epoch");
        Refusal.unless(account.claims().waiting() < MAX_WAITING, "over " + MAX_WAITING + " batches: withdraw first");
        int rate =
                AuditRate.thousandths(context.parameters(), account.standing().record());
        checkTotals(context, account, batch, rate);
        List<Batch.Payment> payments = redeem(context, sender, batch);
        Amount paid = payments.stream().map(Batch.Payment::amount).reduce(Amount.ZERO, Amount::plus);
        Refusal.unless(
                paid.equals(batch.root().fee()),
                "vouchers redeem " + paid + ", the receipts sum to "
                        + batch.root().fee());
        record(context, sender, batch, payments, rate);
    }

    private static void checkTotals(Context context, Account account, ReceiptBatch batch, int rate) {
        Amount fee = batch.root().fee();
        Refusal.unless(!fee.isZero(), "a batch without fees");
        Refusal.unless(
                batch.largestFee().compareTo(fee) <= 0
                        && batch.largestFee().times(batch.count()).compareTo(fee) >= 0,
                "the largest fee does not fit the sum");
        Amount cap = Exposure.largestFee(context.parameters(), account.stake().bond(), rate);
        Refusal.unless(
                batch.largestFee().compareTo(cap) <= 0,
                "a receipt of " + batch.largestFee() + " is over the exposure cap of " + cap);
    }

    private static List<Batch.Payment> redeem(Context context, NodeId sender, ReceiptBatch batch) {
        Set<Hash32> escrows = new HashSet<>();
        List<Batch.Payment> out = new ArrayList<>();
        for (SignedVoucher signed : batch.vouchers()) {
            Refusal.unless(escrows.add(signed.voucher().escrow()), "two vouchers of one escrow");
            out.add(redeem(context, sender, signed));
        }
        return out;
    }

    private static Batch.Payment redeem(Context context, NodeId sender, SignedVoucher signed) {
        Voucher voucher = signed.voucher();
        Refusal.unless(voucher.executor().equals(sender), "a voucher for somebody else");
        Escrow escrow = Tables.ESCROWS
                .get(context.state(), Keys.of(voucher.escrow()))
                .orElseThrow(() -> new Refusal("no escrow " + voucher.escrow()));
        Refusal.unless(
                !escrow.returned() && context.height() <= EscrowRule.lastClaim(context, escrow.expiryHeight()),
                "escrow " + voucher.escrow() + " is past its claim window");
        Escrow.Share share = escrow.share(sender)
                .orElseThrow(() -> new Refusal("escrow " + voucher.escrow() + " has no cap for the claimant"));
        Refusal.unless(
                Voucher.KIND.verify(context.network(), voucher, escrow.client(), signed.signature()),
                "a voucher that the escrow's client did not sign");
        Amount upTo = signed.redeemTo().min(share.cap());
        Refusal.unless(upTo.compareTo(share.redeemed()) > 0, "a voucher that was redeemed before");
        Tables.ESCROWS.put(context.state(), Keys.of(voucher.escrow()), escrow.redeem(sender, upTo));
        return new Batch.Payment(voucher.escrow(), escrow.client(), upTo.minus(share.redeemed()));
    }

    private static void record(
            Context context, NodeId sender, ReceiptBatch claim, List<Batch.Payment> payments, int rate) {
        FeeSplit split = FeeSplit.of(context.parameters(), claim.root().fee());
        Batch batch = new Batch(
                sender,
                context.epoch(),
                claim.count(),
                claim.root(),
                claim.largestFee(),
                payments,
                new Batch.Purse(split.executor(), split.duty(), split.burned()),
                context.epoch() + context.parameters().vestingEpochs(),
                new Batch.Checking(Batch.Phase.WAITING, rate, 0, 0));
        Hash32 id = batch.id();
        Tables.BATCHES.put(context.state(), Keys.of(id), batch);
        Tables.VESTING.put(context.state(), Keys.of(sender, id), Marker.HERE);
        Tables.DRAWS.put(context.state(), Keys.of(context.epoch() + 1, id), Marker.HERE);
        Account account = context.account(sender);
        Claims claims = account.claims();
        context.put(
                sender,
                account.withVesting(account.vesting().plus(split.executor()))
                        .withEarnings(account.earnings().executed(split.executor()))
                        .withClaims(new Claims(claims.waiting() + 1, claims.open() + 1, context.epoch())));
        Supply supply = context.supply();
        context.put(supply.burn(split.burned()).withDutyPool(supply.dutyPool().plus(split.duty())));
        for (Batch.Payment p : payments) {
            context.emit(new LedgerEvent.Paid(sender, p.client(), p.escrow(), p.amount()));
        }
        context.emit(new LedgerEvent.BatchClaimed(
                id, sender, context.epoch(), claim.count(), claim.root().fee()));
    }
}

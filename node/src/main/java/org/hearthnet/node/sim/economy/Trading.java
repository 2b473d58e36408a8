package org.hearthnet.node.sim.economy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.ReceiptBatch;
import org.hearthnet.genesis.protocol.ReceiptBatch.SignedVoucher;
import org.hearthnet.genesis.rules.AuditRate;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.block.TransactionBody.Cap;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.node.sim.economy.Conduct.Work;
import org.hearthnet.node.sim.economy.Member.Trade;

/** Clients' escrows, executors' work and claims. */
final class Trading {
    /** Epochs that an escrow is for. */
    private static final int ESCROW_EPOCHS = 10;

    /** Epochs between withdrawals: fewer than batches may wait. */
    private static final int WITHDRAW_EPOCHS = 16;

    private final Town town;
    private final SplittableRandom dice;
    private final Map<Member, List<Purse>> purses = new HashMap<>();
    private final Map<Member, Claimed.Done> replayed = new HashMap<>();

    Trading(Town town, SplittableRandom dice) {
        this.town = town;
        this.dice = dice;
    }

    private Parameters parameters() {
        return town.plan().parameters();
    }

    /** Plans the epoch that begins. */
    void plan(long epoch) {
        boolean working = epoch <= town.plan().epochs();
        if (working && epoch % ESCROW_EPOCHS == 1) {
            openEscrows();
        }
        int room = parameters().epochBlocks() - 3;
        for (Member x : town.executors()) {
            x.online = x.conduct.isOnline(x.dice);
            long at = town.ledger().height() + 2 + dice.nextInt(room);
            if (working) {
                town.at(at, () -> claim(x, epoch));
            }
            if ((epoch + x.id().key().b()) % WITHDRAW_EPOCHS == 0) {
                town.at(at, () -> withdraw(x));
            }
        }
    }

    private void openEscrows() {
        purses.clear();
        List<Member> clients = new ArrayList<>(town.members().stream()
                .filter(m -> m.trade == Trade.CLIENT && m.isHonest())
                .sorted(java.util.Comparator.comparing(Member::id))
                .toList());
        Map<Member, List<Member>> chosen = new HashMap<>();
        for (Member x : town.executors()) {
            for (int i = 0; i < town.plan().market().receipts(); i++) {
                List<Member> list =
                        chosen.computeIfAbsent(clients.get(dice.nextInt(clients.size())), c -> new ArrayList<>());
                if (!list.contains(x) && list.size() < TransactionBody.MAX_CAPS) {
                    list.add(x);
                }
            }
        }
        clients.forEach(c -> open(c, chosen.getOrDefault(c, List.of())));
        town.members().stream()
                .filter(m -> m.trade == Trade.CLIENT && !m.isHonest() && m.conduct.ownReceipts() > 0)
                .sorted(java.util.Comparator.comparing(Member::id))
                .forEach(c ->
                        open(c, town.executors().stream().filter(c::isFriendOf).toList()));
    }

    private void open(Member client, List<Member> executors) {
        if (executors.isEmpty()) {
            return;
        }
        int times = Math.max(1, client.conduct.ownReceipts());
        List<Cap> caps = executors.stream()
                .map(x -> new Cap(
                        x.id(), fee(x).plus(Amount.of(Jobs.LAYER_TOKENS)).times(2L * ESCROW_EPOCHS * times)))
                .toList();
        long expiry =
                town.ledger().height() + (ESCROW_EPOCHS + 1L) * parameters().epochBlocks();
        TransactionBody.EscrowOpen body = new TransactionBody.EscrowOpen(caps, expiry);
        Hash32 id = town.ledger().transaction(client.id(), body).id();
        if (town.apply(client, body)) {
            for (int i = 0; i < executors.size(); i++) {
                Purse purse =
                        new Purse(id, client, executors.get(i), caps.get(i).amount());
                purses.computeIfAbsent(executors.get(i), x -> new ArrayList<>()).add(purse);
            }
        }
    }

    private Amount fee(Member x) {
        Amount bond = town.ledger().account(x.id()).stake().bond();
        return Jobs.round(town.plan().market().fee(parameters(), bond));
    }

    private void withdraw(Member x) {
        if (town.ledger().account(x.id()).claims().waiting() > 0) {
            town.apply(x, new TransactionBody.Withdraw());
        }
    }

    private void claim(Member x, long epoch) {
        Account account = town.ledger().account(x.id());
        topUp(x, account);
        if (!x.online || town.ledger().account(x.id()).role(parameters()) != Role.VETERAN) {
            return;
        }
        Amount fee = fee(x);
        List<Claimed.Done> done = new ArrayList<>();
        List<SignedVoucher> vouchers = new ArrayList<>();
        for (Purse purse : purses.getOrDefault(x, List.of())) {
            int times = purse.client.isFriendOf(x) ? x.conduct.ownReceipts() : 1;
            Optional<SignedVoucher> voucher = Optional.empty();
            for (int i = 0; i < times; i++) {
                Claimed.Done one = work(x, purse, fee, epoch, i);
                Optional<SignedVoucher> paid = purse.pay(
                        town.ledger().network(),
                        one.receipt().job(),
                        one.receipt().fee());
                if (paid.isPresent()) {
                    voucher = paid;
                    done.add(one);
                }
            }
            voucher.ifPresent(vouchers::add);
        }
        if (!done.isEmpty()) {
            post(new Claimed(x, done), vouchers);
        }
    }

    /** A bond that a penalty has bitten into is filled up as long as there is something to fill it with. */
    private void topUp(Member x, Account account) {
        Amount bond = account.stake().bond();
        Amount least = parameters().minimumBond();
        if (!x.convicted && bond.compareTo(least) < 0) {
            Amount missing = least.minus(bond);
            if (account.balance().compareTo(missing) > 0
                    && account.standing().reputation() >= parameters().graduationReputation()) {
                town.apply(x, new TransactionBody.Bond(missing));
            }
        }
    }

    private Claimed.Done work(Member x, Purse purse, Amount fee, long epoch, int number) {
        boolean own = purse.client.isFriendOf(x);
        Claimed.Done again = replayed.get(x);
        if (own
                && x.conduct.ownCost() == 0
                && again != null
                && again.assignment().escrow().equals(purse.escrow)) {
            return again;
        }
        int rate = AuditRate.thousandths(
                parameters(), town.ledger().account(x.id()).standing().record());
        Work work = own
                ? new Work(true, x.conduct.ownCost())
                : x.conduct.work(new Conduct.Situation((int) epoch, town.plan().epochs(), rate), x.dice);
        x.spent += town.plan().market().executionCost(fee, work.cost());
        x.wrong += work.right() ? 0 : 1;
        Hash32 salt = Hashing.in("hearth/sim-job/1")
                .add(purse.escrow)
                .add(x.id().key())
                .add(epoch)
                .add(number)
                .finish();
        Assignment assignment = Jobs.assignment(purse.client, x, purse.escrow, fee, salt);
        Receipt receipt = Jobs.receipt(assignment, work.right());
        Claimed.Done done = new Claimed.Done(assignment, purse.client, receipt, work.right());
        if (own) {
            replayed.put(x, done);
        }
        return done;
    }

    private void post(Claimed claimed, List<SignedVoucher> vouchers) {
        SumTree.Sum root = SumTree.root(claimed.leaves());
        Amount largest = claimed.done().stream()
                .map(d -> d.receipt().fee())
                .max(Amount::compareTo)
                .orElseThrow();
        ReceiptBatch batch = new ReceiptBatch(claimed.done().size(), root, largest, vouchers);
        Member x = claimed.executor();
        if (town.apply(x, new TransactionBody.ClaimReceipts(batch))) {
            town.casework().counts.executed += claimed.done().size();
            town.claims().put(Batch.id(x.id(), town.ledger().epoch(), root.hash()), claimed);
        }
    }
}

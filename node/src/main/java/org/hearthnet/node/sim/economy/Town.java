package org.hearthnet.node.sim.economy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.node.sim.economy.Member.Trade;

/** A network of some thousand nodes, each with its conduct, on the ledger's real transition function. For one thread. */
final class Town {
    /** A ring may pass that many turns on in a row; then honest leaders must have had theirs. */
    private static final int MOST_TURNS = 8;

    private static final Amount CLIENT_BALANCE = Amount.credits(1_000_000);
    private static final Amount BALANCE = Amount.credits(3_000);
    private static final Amount NEWCOMER_BALANCE = Amount.credits(100);

    private final TownPlan plan;
    private final SimLedger ledger;
    private final Map<NodeId, Member> members = new HashMap<>();
    private final List<Member> executors = new ArrayList<>();
    private final Map<Hash32, Claimed> claims = new HashMap<>();
    private final TreeMap<Long, List<Runnable>> agenda = new TreeMap<>();
    private final SplittableRandom dice;
    /** Gives newcomers what they begin with; takes no part. */
    private final Member bank;

    private final Trading trading;
    private final Casework casework;
    private final Map<String, Integer> refused = new TreeMap<>();

    private Town(TownPlan plan) {
        this.plan = plan;
        this.dice = new SplittableRandom(plan.seed());
        this.bank = new Member(Trade.CLIENT, Integer.MAX_VALUE, -1, Conduct.HONEST, plan.seed());
        List<ChainSpec.Allocation> allocations = new ArrayList<>();
        Parameters p = plan.parameters();
        addAll(Trade.EXECUTOR, plan.executors(), allocations);
        addAll(Trade.VERIFIER, plan.verifiers(), allocations);
        // Every group has a client of its own, behind the honest ones.
        for (int i = 0; i < plan.clients() + plan.groups().size(); i++) {
            add(Trade.CLIENT, i, i < plan.clients() ? -1 : i - plan.clients(), allocations);
        }
        allocations.add(new ChainSpec.Allocation(
                bank.id(), "bank", NEWCOMER_BALANCE.times(plan.verifiers() + 1L), Amount.ZERO, 0));
        Member first = executors.getFirst();
        this.ledger = new SimLedger(
                new ChainSpec("simulated", true, 1, Committee.single(first.key), p, allocations, List.of(Jobs.MODEL)),
                plan.seed());
        this.trading = new Trading(this, dice.split());
        this.casework = new Casework(this);
    }

    private void addAll(Trade trade, int count, List<ChainSpec.Allocation> allocations) {
        int number = 0;
        for (int g = 0; g < plan.groups().size(); g++) {
            TownPlan.Group group = plan.groups().get(g);
            int size = trade == Trade.EXECUTOR ? group.executors() : group.verifiers();
            for (int i = 0; i < size; i++) {
                add(trade, number++, g, allocations);
            }
        }
        while (number < count) {
            add(trade, number++, -1, allocations);
        }
    }

    private void add(Trade trade, int number, int group, List<ChainSpec.Allocation> allocations) {
        Conduct conduct = group < 0 ? Conduct.HONEST : plan.groups().get(group).conduct();
        Member member = new Member(trade, number, group, conduct, plan.seed());
        members.put(member.id(), member);
        boolean executor = trade == Trade.EXECUTOR;
        if (executor) {
            executors.add(member);
        }
        if (trade != Trade.VERIFIER) { // a genesis names few accounts; newcomers come later
            Amount bond = executor ? plan.parameters().minimumBond() : Amount.ZERO;
            int reputation = executor ? plan.parameters().graduationReputation() : 0;
            allocations.add(
                    new ChainSpec.Allocation(member.id(), trade + " " + number, balance(trade), bond, reputation));
        }
    }

    private static Amount balance(Trade trade) {
        return switch (trade) {
            case CLIENT -> CLIENT_BALANCE;
            case EXECUTOR -> BALANCE;
            case VERIFIER -> NEWCOMER_BALANCE;
        };
    }

    /** What a member begins with, sparks. */
    static long start(TownPlan plan, Trade trade) {
        Amount bond = trade == Trade.EXECUTOR ? plan.parameters().minimumBond() : Amount.ZERO;
        return balance(trade).plus(bond).sparks();
    }

    /** Runs a town from its first block until everything is settled. */
    static TownResult run(TownPlan plan, java.util.function.IntConsumer epochDone) {
        Town town = new Town(plan);
        town.live(epochDone);
        return TownResult.of(town);
    }

    private void live(java.util.function.IntConsumer epochDone) {
        members.values().stream()
                .filter(m -> m.trade != Trade.CLIENT)
                .sorted(java.util.Comparator.comparing(Member::id))
                .forEach(this::register);
        int epochBlocks = plan.parameters().epochBlocks();
        // Everything ends: claims, draws that were postponed, disputes, vesting, frozen bonds.
        int settling = 2 * plan.parameters().vestingEpochs() + plan.parameters().freezeEpochs() + 4;
        for (long end = (long) (plan.epochs() + settling) * epochBlocks; ledger.height() < end; ) {
            List<LedgerEvent> events = ledger.next(passes());
            casework.react(events);
            if (ledger.height() % epochBlocks == 0) {
                trading.plan(ledger.epoch());
                epochDone.accept((int) ledger.epoch());
            }
            List<Runnable> due = agenda.remove(ledger.height());
            if (due != null) {
                due.forEach(Runnable::run);
            }
        }
        ledger.next(events -> false);
    }

    private void register(Member member) {
        if (member.trade == Trade.VERIFIER) {
            apply(bank, new TransactionBody.Transfer(member.id(), NEWCOMER_BALANCE, Bytes.EMPTY));
        }
        apply(member, new TransactionBody.RegisterHolding(Jobs.MODEL.id(), Jobs.WHOLE));
    }

    /** Leaders of a ring look at what their beacon draws. */
    private java.util.function.Predicate<List<LedgerEvent>> passes() {
        int[] turns = {0};
        return events -> {
            if (turns[0]++ == MOST_TURNS) {
                return false;
            }
            int turn = dice.nextInt(Conduct.FULL);
            for (int g = 0; g < plan.groups().size(); g++) {
                TownPlan.Group group = plan.groups().get(g);
                if (turn < group.committee()) {
                    return group.conduct().rerolls() && casework.drawsBadly(g, events);
                }
                turn -= group.committee();
            }
            return false;
        };
    }

    /** Lets {@code action} happen in the block of {@code height}, or in this one. */
    void at(long height, Runnable action) {
        if (height <= ledger.height()) {
            action.run();
        } else {
            agenda.computeIfAbsent(height, h -> new ArrayList<>()).add(action);
        }
    }

    /** Puts a transaction into the block; false if it is refused. Reacts to what it does. */
    boolean apply(Member sender, TransactionBody body) {
        var refusal = ledger.apply(sender.id(), body);
        if (refusal.isPresent()) {
            refused.merge(
                    body.getClass().getSimpleName() + ": " + refusal.get().replaceAll("[0-9a-f]{64}|[0-9.]+", "#"),
                    1,
                    Integer::sum);
            return false;
        }
        casework.react(ledger.events());
        return true;
    }

    TownPlan plan() {
        return plan;
    }

    SimLedger ledger() {
        return ledger;
    }

    Member member(NodeId id) {
        return java.util.Objects.requireNonNull(members.get(id));
    }

    List<Member> executors() {
        return executors;
    }

    java.util.Collection<Member> members() {
        return members.values();
    }

    Map<Hash32, Claimed> claims() {
        return claims;
    }

    Casework casework() {
        return casework;
    }

    /** Transactions that were refused, by reason. */
    Map<String, Integer> refused() {
        return refused;
    }
}

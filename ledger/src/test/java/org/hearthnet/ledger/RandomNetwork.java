package org.hearthnet.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.store.MemoryStore;

/** Accounts that do sensible and senseless things at random; the seed decides everything. */
public final class RandomNetwork {
    private static final int VETERANS = 6;
    private static final int NEWCOMERS = 4;
    private static final int STRANGERS = 6;

    private final Random random;
    private final TestNetwork network;
    private final KeyPair client = TestNetwork.key("client");
    private final List<KeyPair> veterans = new ArrayList<>();
    private final List<KeyPair> everybody = new ArrayList<>();
    private final List<TestJob> jobs = new ArrayList<>();
    private final Map<Hash32, TestJob> jobOfBatch = new java.util.HashMap<>();
    private final Map<String, Integer> events = new TreeMap<>();
    private long accepted;
    private long refused;

    /** A run of {@code seed}, in memory. */
    public RandomNetwork(long seed) {
        this(seed, new MemoryStore());
    }

    /** A run on a store of one's own, which is empty. */
    public RandomNetwork(long seed, LedgerStore store) {
        random = new Random(seed);
        network = TestNetwork.on(spec(), store);
        for (int i = 0; i < VETERANS; i++) {
            veterans.add(TestNetwork.key("v" + i));
        }
        everybody.addAll(veterans);
        for (int i = 0; i < NEWCOMERS; i++) {
            everybody.add(TestNetwork.key("n" + i));
        }
        for (int i = 0; i < STRANGERS; i++) {
            everybody.add(TestNetwork.key("s" + i));
        }
    }

    /** The specification of every such run. */
    public static ChainSpec spec() {
        List<ChainSpec.Allocation> more = new ArrayList<>();
        for (int i = 0; i < VETERANS; i++) {
            more.add(TestNetwork.allocation("v" + i, 1000, 2000, 50));
        }
        for (int i = 0; i < NEWCOMERS; i++) {
            more.add(TestNetwork.allocation("n" + i, 300, 0, 0));
        }
        return TestNetwork.spec(TestNetwork.parameters(), more.toArray(ChainSpec.Allocation[]::new));
    }

    /** The network. */
    public TestNetwork network() {
        return network;
    }

    /** Transactions that got into blocks. */
    public long accepted() {
        return accepted;
    }

    /** Transactions that were refused. */
    public long refused() {
        return refused;
    }

    /** Counts, for people. */
    public String summary() {
        return accepted + " accepted, " + refused + " refused, " + events;
    }

    /** One block of random transactions. */
    public void step() {
        if (network.chain().height() == 0) {
            everybody.forEach(this::hold);
        }
        everybody.forEach(this::work);
        while (random.nextInt(3) > 0) {
            openEscrow();
        }
        for (KeyPair who : everybody) {
            if (random.nextInt(3) > 0) {
                act(who); // after the work: one refused transaction costs all later ones of the block their nonce
            }
        }
        long size = network.block().transactions().size();
        accepted += size;
        refused += network.rejected().size();
        for (LedgerEvent event : network.events()) {
            events.merge(event.getClass().getSimpleName(), 1, Integer::sum);
            if (event instanceof LedgerEvent.BatchClaimed claimed) {
                jobs.stream()
                        .filter(j -> !j.receipts().isEmpty() && j.claimRoot().equals(batchRoot(claimed.batch())))
                        .findFirst()
                        .ifPresent(j -> jobOfBatch.put(claimed.batch(), j));
            }
        }
    }

    private Hash32 batchRoot(Hash32 batch) {
        return network.chain().read(v -> v.batch(batch)).orElseThrow().root().hash();
    }

    private void hold(KeyPair who) {
        network.submit(who, new TransactionBody.RegisterHolding(TestNetwork.MODEL.id(), TestNetwork.WHOLE));
    }

    private Amount amount() {
        // Now and then nonsense: nothing, or more than there is.
        return switch (random.nextInt(12)) {
            case 0 -> Amount.ZERO;
            case 1 -> Amount.of(Long.MAX_VALUE);
            default -> Amount.of(random.nextLong(1, 50_000_000));
        };
    }

    private KeyPair anybody() {
        return everybody.get(random.nextInt(everybody.size()));
    }

    private void act(KeyPair who) {
        switch (random.nextInt(14)) {
            case 0, 1 ->
                network.submit(who, new TransactionBody.Transfer(anybody().id(), amount(), Bytes.EMPTY));
            case 2 -> network.submit(who, new TransactionBody.FaucetClaim());
            case 3 -> network.submit(who, new TransactionBody.Bond(amount()));
            case 4 -> network.submit(who, new TransactionBody.Unbond(amount()));
            case 5 -> network.submit(who, new TransactionBody.Withdraw());
            case 6, 7, 8, 9 -> claim(who);
            case 10 -> hold(who);
            case 11 -> {
                if (random.nextInt(8) == 0) {
                    network.submit(who, new TransactionBody.ReleaseHolding(TestNetwork.MODEL.id()));
                }
            }
            case 12 -> {
                if (random.nextInt(40) == 0) {
                    equivocate(who);
                }
            }
            default -> replay(who);
        }
    }

    private void openEscrow() {
        KeyPair executor = veterans.get(random.nextInt(veterans.size()));
        long expiry = network.chain().height() + random.nextInt(1, 30);
        Hash32 escrow = network.submit(
                client,
                new TransactionBody.EscrowOpen(
                        List.of(new TransactionBody.Cap(executor.id(), Amount.credits(60))), expiry));
        TestJob job = TestJob.of(network, client, executor, escrow);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            job.run(random.nextInt(1, 50));
        }
        jobs.add(job);
    }

    private void claim(KeyPair who) {
        List<TestJob> mine = jobs.stream().filter(j -> j.executor().equals(who)).toList();
        if (!mine.isEmpty()) {
            TestJob job = mine.get(Math.max(0, mine.size() - 1 - random.nextInt(3)));
            Amount wrong = random.nextInt(10) == 0 ? Amount.of(1) : Amount.ZERO;
            network.submit(who, job.claim(job.total().plus(wrong)));
        }
    }

    private void equivocate(KeyPair reporter) {
        KeyPair bad = anybody();
        BoundaryStatement one = new BoundaryStatement(network.id(), 1, random.nextInt(9), TestDuty.TAG);
        BoundaryStatement two = new BoundaryStatement(one.job(), 1, one.positions(), TestDuty.OTHER_TAG);
        network.submit(
                reporter,
                new TransactionBody.ReportEquivocation(
                        bad.id(),
                        one,
                        BoundaryStatement.KIND.sign(bad, network.id(), one),
                        two,
                        BoundaryStatement.KIND.sign(bad, network.id(), two)));
    }

    private void replay(KeyPair who) {
        long height = network.chain().height();
        var block = network.chain().store().block(random.nextLong(height + 1)).orElseThrow();
        if (!block.transactions().isEmpty()) {
            network.submit(
                    block.transactions().get(random.nextInt(block.transactions().size())));
        }
    }

    /** Does something about the open duties of {@code who}, mostly the right thing. */
    private void work(KeyPair who) {
        for (Duty duty : network.chain().read(v -> v.openDuties(who.id(), 20))) {
            TestJob job = jobOfBatch.get(duty.batch());
            if (job == null || random.nextInt(4) == 0) {
                continue;
            }
            if (duty.phase() == Duty.Phase.DISPUTE) {
                dispute(who, duty);
            } else if (duty.verifier().equals(who.id())) {
                verify(who, duty, job);
            } else {
                answer(who, duty);
            }
        }
    }

    private void verify(KeyPair who, Duty duty, TestJob job) {
        if (duty.phase() == Duty.Phase.REVEAL) {
            network.submit(who, TestDuty.reveal(duty));
            return;
        }
        network.submit(
                who,
                switch (random.nextInt(12)) {
                    case 0, 1 -> TestDuty.differ(duty, job);
                    case 2 -> TestDuty.notServed(duty);
                    case 3 -> TestDuty.reveal(duty);
                    default -> TestDuty.agree(duty, job);
                });
    }

    private void answer(KeyPair who, Duty duty) {
        network.submit(
                who,
                switch (random.nextInt(20)) {
                    case 0 -> new TransactionBody.Confess(duty.id());
                    case 1, 2 -> TestDuty.answer(duty, TestDuty.OTHER_TAG);
                    default -> TestDuty.answer(duty, TestDuty.TAG);
                });
    }

    private void dispute(KeyPair who, Duty duty) {
        DisputeMove move = who.id().equals(duty.executor())
                ? ScriptedReferee.SHOW
                : new DisputeMove.PickLayer(random.nextInt(5) == 0 ? 1 : 2);
        network.submit(who, new TransactionBody.MoveInDispute(duty.id(), move));
    }
}

package org.hearthnet.node.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.MemoryStore;

/** The ledger's real rules on a store in memory, shared by all nodes of a test; a block is made when one is needed. */
public final class TestLedger {
    private final KeyPair proposer = TestKeys.key(900);
    private final ChainSpec spec;
    private final Chain chain;

    public TestLedger(ModelManifest model, List<KeyPair> veterans, List<KeyPair> clients) {
        List<ChainSpec.Allocation> allocations = new ArrayList<>();
        for (KeyPair veteran : veterans) {
            allocations.add(
                    new ChainSpec.Allocation(veteran.id(), "veteran", Amount.credits(10), Amount.credits(100), 100));
        }
        for (KeyPair client : clients) {
            allocations.add(new ChainSpec.Allocation(client.id(), "client", Amount.credits(500), Amount.ZERO, 0));
        }
        spec = new ChainSpec(
                "pipeline-test", true, 1, Committee.single(proposer), parameters(), allocations, List.of(model));
        chain = Chain.open(spec, new MemoryStore());
    }

    private static Parameters parameters() {
        return new Parameters(
                10,
                4,
                8,
                8,
                16,
                66,
                8,
                1,
                Amount.credits(20),
                3,
                50,
                20,
                800,
                100,
                300,
                1,
                Amount.credits(100),
                Amount.credits(1_000_000),
                1000,
                Amount.of(100));
    }

    public Chain chain() {
        return chain;
    }

    public Hash32 network() {
        return spec.id();
    }

    /** Puts a transaction of {@code key} into a block of its own; returns its id or why it was refused. */
    public synchronized Hash32 include(KeyPair key, TransactionBody body) throws LedgerPort.LedgerException {
        long nonce = chain.read(v -> v.account(key.id()).nonce());
        SignedTransaction signed =
                new Transaction(key.id(), nonce, chain.height() + 100, Amount.credits(1), body).sign(key, spec.id());
        Optional<String> refusal = chain.check(signed);
        if (refusal.isPresent()) {
            throw new LedgerPort.LedgerException(refusal.get());
        }
        block(List.of(signed));
        return signed.id();
    }

    /** Makes {@code count} empty blocks. */
    public synchronized void advance(int count) {
        for (int i = 0; i < count; i++) {
            block(List.of());
        }
    }

    private void block(List<SignedTransaction> transactions) {
        var built = chain.build(proposer, 0, chain.height() * 10 + 20, transactions);
        if (chain.tryAppend(SealedBlock.bySoleMember(proposer, spec.id(), built.block()))
                instanceof Chain.Appended.Rejected rejected) {
            throw new IllegalStateException(rejected.reason());
        }
    }

    /** The ledger as {@code key}'s node sees it. */
    public LedgerPort port(KeyPair key) {
        return new Port(key);
    }

    private final class Port implements LedgerPort {
        private final KeyPair key;

        Port(KeyPair key) {
            this.key = key;
        }

        @Override
        public Hash32 network() {
            return spec.id();
        }

        @Override
        public long height() {
            return chain.height();
        }

        @Override
        public Amount balance(NodeId account) {
            return chain.read(v -> v.account(account).balance());
        }

        @Override
        public boolean isVeteran(NodeId node) {
            return chain.read(v -> v.role(node)) == Role.VETERAN;
        }

        @Override
        public int reputation(NodeId node) {
            return chain.read(v -> v.account(node).standing().reputation());
        }

        @Override
        public Amount exposureCap(NodeId executor) {
            return chain.read(v -> v.largestFee(executor));
        }

        @Override
        public Optional<EscrowTerms> escrow(Hash32 id) {
            return chain.read(v -> v.escrow(id))
                    .filter(e -> !e.returned())
                    .map(e -> new EscrowTerms(
                            e.client(),
                            e.expiryHeight(),
                            e.expiryHeight() + spec.parameters().claimBlocks(),
                            e.shares().stream()
                                    .map(s -> new Claimable(s.executor(), s.cap(), s.redeemed()))
                                    .toList()));
        }

        @Override
        public Hash32 openEscrow(List<Cap> caps, long expiryHeight, Duration timeout) throws LedgerException {
            List<TransactionBody.Cap> out = caps.stream()
                    .map(c -> new TransactionBody.Cap(c.executor(), c.amount()))
                    .toList();
            return include(key, new TransactionBody.EscrowOpen(out, expiryHeight));
        }
    }
}

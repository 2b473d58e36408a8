package org.hearthnet.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.transition.BlockBuilder;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.Holdings;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.store.MemoryStore;

/** A small network for tests: named keys, a chain, and a check of the supply after every block. */
public final class TestNetwork {
    /** A tiny model: four layers. */
    public static final ModelManifest MODEL = new ModelManifest(
            "tiny",
            "llama",
            1,
            ModelManifest.Shape.plain(4, 32, 2, 1, 16, 64, 128, 64, 1e-5f, 10_000f, 2),
            Hash32.ZERO,
            List.of(new ModelManifest.Tensor("token_embd.weight", "Q8_0", 64, 32, Hash32.ZERO)));

    /** All layers of {@link #MODEL}. */
    public static final LayerSpan WHOLE = new LayerSpan(0, 4);

    /** What everybody here pays at most: a credit. */
    public static final Amount MAX_FEE = Amount.credits(1);

    private static final KeyPair PROPOSER = key("proposer");

    private final Chain chain;
    private final List<SignedTransaction> waiting = new ArrayList<>();
    private final Map<NodeId, Long> nonces = new HashMap<>();
    private List<LedgerEvent> events = List.of();
    private List<BlockBuilder.Rejected> rejected = List.of();

    private TestNetwork(Chain chain) {
        this.chain = chain;
    }

    /** Parameters with short epochs. */
    public static Parameters parameters() {
        return new Parameters(
                1000,
                10,
                4,
                4,
                5,
                3,
                2,
                1,
                Amount.credits(100),
                3,
                100,
                4,
                700,
                200,
                500,
                1,
                Amount.credits(50),
                Amount.credits(1_000_000),
                1000,
                Amount.of(1000));
    }

    /** The key of a name. */
    public static KeyPair key(String name) {
        byte[] ascii = name.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return KeyPair.fromSeed(Hashing.in("test-key").add(ascii).finish().toArray());
    }

    /** Executor, second veteran and client with credits, a faucet; more by {@code more}. */
    public static ChainSpec spec(Parameters parameters, ChainSpec.Allocation... more) {
        List<ChainSpec.Allocation> all = new ArrayList<>(List.of(
                allocation("faucet", 10_000, 0, 0),
                allocation("executor", 100, 3000, 5),
                allocation("veteran", 100, 3000, 5),
                allocation("client", 10_000, 0, 0)));
        all.addAll(List.of(more));
        return new ChainSpec("test", true, 1_000_000, Committee.single(PROPOSER), parameters, all, List.of(MODEL));
    }

    /** An allocation in whole credits. */
    public static ChainSpec.Allocation allocation(String name, long balance, long bond, int reputation) {
        return new ChainSpec.Allocation(
                key(name).id(), name, Amount.credits(balance), Amount.credits(bond), reputation);
    }

    /** A network in memory with the scripted referee. */
    public static TestNetwork start() {
        return start(spec(parameters()));
    }

    /** The same with its own specification. */
    public static TestNetwork start(ChainSpec spec) {
        return on(spec, new MemoryStore());
    }

    /** The same on a store of one's own. */
    public static TestNetwork on(ChainSpec spec, LedgerStore store) {
        return new TestNetwork(Chain.open(new Rules(spec, new ScriptedReferee()), store));
    }

    /** The chain. */
    public Chain chain() {
        return chain;
    }

    /** The network's id. */
    public Hash32 id() {
        return chain.rules().network();
    }

    /** Signs with the sender's next nonce, counting what waits. */
    public SignedTransaction sign(KeyPair sender, TransactionBody body) {
        long next = chain.read(v -> v.account(sender.id()).nonce());
        long nonce = Math.max(next, nonces.getOrDefault(sender.id(), 0L));
        nonces.put(sender.id(), nonce + 1);
        return new Transaction(sender.id(), nonce, Long.MAX_VALUE, MAX_FEE, body).sign(sender, id());
    }

    /** Puts a transaction into the next block and returns its id. */
    public Hash32 submit(KeyPair sender, TransactionBody body) {
        SignedTransaction signed = sign(sender, body);
        waiting.add(signed);
        return signed.id();
    }

    /** Puts any transaction into the next block. */
    public void submit(SignedTransaction transaction) {
        waiting.add(transaction);
    }

    /** Makes one block of everything that waits, and checks supply. */
    public Block block() {
        BlockBuilder.Built built = chain.build(PROPOSER, 0, 0, List.copyOf(waiting));
        waiting.clear();
        nonces.clear();
        rejected = built.rejected();
        switch (chain.tryAppend(SealedBlock.bySoleMember(PROPOSER, id(), built.block()))) {
            case Chain.Appended.Accepted accepted -> events = accepted.events();
            case Chain.Appended.Rejected r -> throw new AssertionError("own block rejected: " + r.reason());
        }
        List<String> errors = chain.read(v -> v.holdings().errors());
        if (!errors.isEmpty()) {
            throw new AssertionError("after block " + built.block().height() + ": " + errors);
        }
        return built.block();
    }

    /** Makes one block and demands that nothing was rejected. */
    public Block accepted() {
        Block block = block();
        if (!rejected.isEmpty()) {
            throw new AssertionError("rejected: " + rejected.getFirst().reason());
        }
        return block;
    }

    /** Makes one block of one transaction and demands that it is accepted. */
    public Hash32 apply(KeyPair sender, TransactionBody body) {
        Hash32 id = submit(sender, body);
        accepted();
        return id;
    }

    /** Makes one block of one transaction and returns the reason for which it was rejected. */
    public String refused(KeyPair sender, TransactionBody body) {
        submit(sender, body);
        block();
        if (rejected.isEmpty()) {
            throw new AssertionError("accepted: " + body);
        }
        return rejected.getFirst().reason();
    }

    /** Makes blocks up to {@code height}. */
    public void blocksTo(long height) {
        while (chain.height() < height) {
            block();
        }
    }

    /** Makes blocks up to the first one of the next epoch and returns all events on the way. */
    public List<LedgerEvent> nextEpoch() {
        int epochBlocks = chain.rules().spec().parameters().epochBlocks();
        long target = (chain.height() / epochBlocks + 1) * epochBlocks;
        List<LedgerEvent> out = new ArrayList<>();
        while (chain.height() < target) {
            block();
            out.addAll(events);
        }
        return out;
    }

    /** What the last block did. */
    public List<LedgerEvent> events() {
        return events;
    }

    /** The first event of a type in the last block. */
    public <T extends LedgerEvent> Optional<T> event(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** What the last block left out. */
    public List<BlockBuilder.Rejected> rejected() {
        return rejected;
    }

    /** An account. */
    public Account account(KeyPair key) {
        return chain.read(v -> v.account(key.id()));
    }

    /** Where all credits are. */
    public Holdings holdings() {
        return chain.read(v -> v.holdings());
    }

    /** Lets {@code holders} register the whole model and goes to the next epoch. */
    public void hold(KeyPair... holders) {
        for (KeyPair holder : holders) {
            submit(holder, new TransactionBody.RegisterHolding(MODEL.id(), WHOLE));
        }
        accepted();
        nextEpoch();
    }

    /** Makes a new account with credits from the client. */
    public KeyPair funded(String name) {
        KeyPair key = key(name);
        apply(key("client"), new TransactionBody.Transfer(key.id(), Amount.credits(10), Bytes.EMPTY));
        return key;
    }
}

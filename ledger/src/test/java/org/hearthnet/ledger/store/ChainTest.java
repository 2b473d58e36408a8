package org.hearthnet.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.RandomNetwork;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.BeaconScheme;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Overlay;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.transition.BlockBuilder;
import org.hearthnet.ledger.state.transition.Genesis;
import org.hearthnet.ledger.state.transition.Transition;
import org.hearthnet.ledger.tree.StateTree;
import org.junit.jupiter.api.Test;

/** What a chain lets in. */
class ChainTest {
    private static final KeyPair PROPOSER = TestNetwork.key("proposer");

    private final TestNetwork net = TestNetwork.start();
    private final KeyPair client = TestNetwork.key("client");

    private Block next(SignedTransaction... transactions) {
        return net.chain().build(PROPOSER, 0, 0, List.of(transactions)).block();
    }

    private SignedTransaction pay(long nonce) {
        return new Transaction(
                        client.id(),
                        nonce,
                        99,
                        TestNetwork.MAX_FEE,
                        new Transfer(PROPOSER.id(), Amount.credits(1), Bytes.EMPTY))
                .sign(client, net.id());
    }

    private String rejected(Block block) {
        BlockHeader tip = net.chain().tip();
        if (net.chain().tryAppend(seal(block)) instanceof Chain.Appended.Rejected r) {
            assertEquals(tip, net.chain().tip());
            return r.reason();
        }
        throw new AssertionError("accepted");
    }

    private Block signed(Block block, UnaryOperator<BlockHeader> change) {
        BlockHeader header = change.apply(block.header());
        return new Block(header, BlockHeader.KIND.sign(PROPOSER, net.id(), header), block.transactions());
    }

    private SealedBlock seal(Block block) {
        return SealedBlock.bySoleMember(PROPOSER, net.id(), block);
    }

    private static BlockHeader header(
            BlockHeader h, long height, Hash32 parent, long timeMs, Hash32 root, Hash32 beacon, KeyPair proposer) {
        return new BlockHeader(
                height, 0, parent, timeMs, h.transactionsRoot(), root, h.beaconProof(), beacon, proposer.id());
    }

    @Test
    void aBlockGoesInOnce() {
        Block block = next(pay(0));
        assertTrue(net.chain().tryAppend(seal(block)) instanceof Chain.Appended.Accepted);
        assertTrue(rejected(block).contains("height 1 after 1"));
    }

    @Test
    void headersThatDoNotFitAreRejected() {
        Block b = next(pay(0));
        BlockHeader h = b.header();
        Hash32 p = h.parent();
        Hash32 r = h.stateRoot();
        Hash32 other = Hash32.ZERO;
        long t = h.timeMs();
        assertTrue(rejected(signed(b, x -> header(x, 2, p, t, r, x.beacon(), PROPOSER)))
                .contains("height"));
        assertTrue(rejected(signed(b, x -> header(x, 1, other, t, r, x.beacon(), PROPOSER)))
                .contains("parent"));
        assertTrue(rejected(signed(b, x -> header(x, 1, p, 1_000_000, r, x.beacon(), PROPOSER)))
                .contains("later"));
        assertTrue(rejected(signed(b, x -> header(x, 1, p, t, other, x.beacon(), PROPOSER)))
                .contains("state root"));
        assertTrue(
                rejected(signed(b, x -> header(x, 1, p, t, r, other, PROPOSER))).contains("beacon"));
        assertTrue(rejected(signed(b, x -> header(x, 1, p, t, r, x.beacon(), client)))
                .contains("leader"));
        assertTrue(rejected(new Block(h, pay(0).signature(), b.transactions())).contains("signature"));
        assertTrue(rejected(new Block(h, b.signature(), List.of())).contains("transactions"));
        assertTrue(net.chain().tryAppend(seal(b)) instanceof Chain.Appended.Accepted);
    }

    @Test
    void aBeaconOfAnotherHeightIsRejected() {
        Block b = next();
        var proof = BeaconScheme.VRF.prove(PROPOSER, net.id(), net.chain().tip().beacon(), 2);
        Block replayed = signed(
                b,
                h -> new BlockHeader(
                        1,
                        0,
                        h.parent(),
                        h.timeMs(),
                        h.transactionsRoot(),
                        h.stateRoot(),
                        proof,
                        BeaconScheme.VRF.value(proof).orElseThrow(),
                        h.proposer()));
        assertTrue(rejected(replayed).contains("beacon"));
    }

    @Test
    void oneRefusedTransactionMakesABlockInvalid() {
        Block b = next(pay(0));
        List<SignedTransaction> twice = List.of(pay(0), pay(0));
        Block bad = new Block(b.header(), b.signature(), twice);
        Block signed = signed(
                bad,
                h -> new BlockHeader(
                        1,
                        0,
                        h.parent(),
                        h.timeMs(),
                        Block.transactionsRoot(twice),
                        h.stateRoot(),
                        h.beaconProof(),
                        h.beacon(),
                        h.proposer()));
        assertTrue(rejected(signed).contains("transaction 1: nonce"));
    }

    @Test
    void theBuilderSaysWhatItLeftOut() {
        var built = net.chain().build(PROPOSER, 0, 0, List.of(pay(1), pay(0), pay(1), pay(5)));
        assertEquals(2, built.block().transactions().size());
        assertEquals(2, built.rejected().size());
        assertTrue(built.rejected().stream().allMatch(BlockBuilder.Rejected::forGood));
        assertTrue(net.chain().tryAppend(seal(built.block())) instanceof Chain.Appended.Accepted);
    }

    @Test
    void aFullBlockLeavesTheRestForTheNext() {
        List<SignedTransaction> many = new ArrayList<>();
        for (int i = 0; i <= Block.MAX_TRANSACTIONS; i++) {
            many.add(pay(i));
        }
        var built = net.chain().build(PROPOSER, 0, 0, many);
        assertEquals(Block.MAX_TRANSACTIONS, built.block().transactions().size());
        assertEquals(1, built.rejected().size());
        assertTrue(!built.rejected().getFirst().forGood());
        assertTrue(net.chain().tryAppend(seal(built.block())) instanceof Chain.Appended.Accepted);
    }

    @Test
    void checkSaysWhetherATransactionCouldGoIn() {
        assertEquals(Optional.empty(), net.chain().check(pay(0)));
        assertTrue(net.chain().check(pay(1)).orElse("").contains("nonce"));
        assertEquals(0, net.chain().height());
    }

    @Test
    void aStoreOfAnotherNetworkOrWithAnotherStateIsNotOpened() {
        MemoryStore store = new MemoryStore();
        TestNetwork.on(TestNetwork.spec(TestNetwork.parameters()), store);
        StoreException other = assertThrows(StoreException.class, () -> Chain.open(RandomNetwork.spec(), store));
        assertEquals(StoreException.Reason.OTHER_NETWORK, other.reason());
        Overlay change = new Overlay(store.state());
        Tables.SUPPLY.put(change, Tables.ONLY, new Supply(Amount.of(1), Amount.ZERO, Amount.ZERO, Amount.ZERO));
        ((MemoryStore.MemoryState) store.state()).apply(change.delta());
        StoreException corrupt =
                assertThrows(StoreException.class, () -> Chain.open(TestNetwork.spec(TestNetwork.parameters()), store));
        assertEquals(StoreException.Reason.CORRUPT, corrupt.reason());
    }

    /** The count from block to block, which audits use, against the one from scratch. */
    @Test
    void heldCreditsAreCountedAlikeBothWays() {
        RandomNetwork random = new RandomNetwork(5);
        for (int i = 0; i < 60; i++) {
            random.step();
        }
        Chain chain = random.network().chain();
        Genesis genesis = Genesis.of(chain.rules().spec());
        MemoryStore.MemoryState state = new MemoryStore.MemoryState();
        HeldCredits held = new HeldCredits();
        held.apply(state, genesis.delta());
        state.apply(genesis.delta());
        BlockHeader parent = genesis.block().header();
        var tree = StateTree.empty().with(genesis.tree());
        for (long h = 1; h <= chain.height(); h++) {
            Block block = chain.store().block(h).orElseThrow();
            if (!(Transition.apply(chain.rules(), parent, state, tree, block)
                    instanceof Transition.Result.Valid valid)) {
                throw new AssertionError("block " + h);
            }
            held.apply(state, valid.delta());
            state.apply(valid.delta());
            tree = tree.with(valid.tree());
            parent = block.header();
            assertEquals(Holdings.of(state).held(), held.held());
            assertEquals(Optional.empty(), held.error(state));
        }
        Overlay stolen = new Overlay(state);
        var key = Keys.of(client.id());
        var account = Tables.ACCOUNTS.get(state, key).orElseThrow();
        Tables.ACCOUNTS.put(stolen, key, account.credit(Amount.of(1)));
        held.apply(state, stolen.delta());
        assertTrue(held.error(stolen).isPresent());
    }
}

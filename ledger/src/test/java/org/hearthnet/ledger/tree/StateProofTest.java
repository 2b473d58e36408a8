package org.hearthnet.ledger.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.RandomNetwork;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.store.Chain;
import org.junit.jupiter.api.Test;

/** Proofs that records are there or not, and what does not pass for one. */
class StateProofTest {
    /** Records of a random tree, and the tree. */
    private record Sample(Map<Bytes, Bytes> records, StateTree tree) {
        static Sample of(Random random, int size) {
            Map<Bytes, Bytes> records = new HashMap<>();
            for (int i = 0; i < size; i++) {
                records.put(bytes(random, 2), bytes(random, random.nextInt(40)));
            }
            Map<Bytes, Optional<Bytes>> changes = new HashMap<>();
            records.forEach((key, value) -> changes.put(key, Optional.of(value)));
            return new Sample(records, StateTree.empty().with(StateTree.empty().update(0, changes)));
        }

        Optional<Bytes> value(Bytes key) {
            return Optional.ofNullable(records.get(key));
        }

        StateProof prove(Bytes key) {
            return StateProof.decode(tree.prove(key, value(key)).encode());
        }
    }

    private static Bytes bytes(Random random, int length) {
        byte[] out = new byte[length];
        random.nextBytes(out);
        return Bytes.of(out);
    }

    private static List<Bytes> someKeys(Random random, Sample sample) {
        List<Bytes> keys =
                new ArrayList<>(sample.records.keySet().stream().limit(20).toList());
        for (int i = 0; i < 20; i++) {
            keys.add(bytes(random, 2 + random.nextInt(2)));
        }
        return keys;
    }

    @Property(tries = 200)
    void everyKeyIsProvedPresentOrAbsent(@ForAll long seed, @ForAll @IntRange(min = 0, max = 300) int size) {
        Random random = new Random(seed);
        Sample sample = Sample.of(random, size);
        for (Bytes key : someKeys(random, sample)) {
            assertEquals(sample.value(key), sample.prove(key).verify(sample.tree.root(), key));
        }
    }

    /** Each single bit of the encoded proof, the root and the key. */
    @Property(tries = 40)
    void anyFlippedBitIsRefused(@ForAll long seed, @ForAll @IntRange(min = 0, max = 60) int size) {
        Random random = new Random(seed);
        Sample sample = Sample.of(random, size);
        Hash32 root = sample.tree.root();
        for (Bytes key : List.of(someKeys(random, sample).getFirst(), bytes(random, 3))) {
            byte[] good = sample.prove(key).encode();
            for (int bit = 0; bit < 8 * good.length; bit++) {
                byte[] bad = flipped(good, bit);
                assertRefused(() -> StateProof.decode(bad).verify(root, key));
                assertRefused(
                        () -> StateProof.decode(bad)
                                .verify(root, StateProof.decode(bad).key()),
                        key,
                        bad);
            }
            for (int bit = 0; bit < Path.BITS; bit++) {
                Hash32 other = Hash32.of(flipped(root.toArray(), bit));
                assertRefused(() -> StateProof.decode(good).verify(other, key));
            }
            for (int bit = 0; bit < 8 * key.length(); bit++) {
                Bytes other = Bytes.of(flipped(key.toArray(), bit));
                assertRefused(() -> StateProof.decode(good).verify(root, other));
            }
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] out = bytes.clone();
        out[bit / 8] ^= (byte) (1 << bit % 8);
        return out;
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable check) {
        RuntimeException e = assertThrows(RuntimeException.class, check);
        assertTrue(e instanceof ProofException || e instanceof CodecException, e.toString());
    }

    /** A proof that was changed into one of another key may only ever say what is true of that key: nothing is there. */
    private static void assertRefused(java.util.function.Supplier<Optional<Bytes>> check, Bytes key, byte[] bad) {
        try {
            Optional<Bytes> said = check.get();
            assertTrue(said.isEmpty() && !StateProof.decode(bad).key().equals(key), "a changed proof says " + said);
        } catch (ProofException | CodecException e) {
            assertTrue(String.valueOf(e.getMessage()).length() > 5);
        }
    }

    /** Of any two keys: the proof of one says nothing about the other, whoever claims what. */
    @Property(tries = 100)
    void aProofOfOneKeyIsNoneOfAnother(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        Random random = new Random(seed);
        Sample sample = Sample.of(random, size);
        List<Bytes> keys = List.copyOf(new HashSet<>(someKeys(random, sample)));
        for (Bytes one : keys) {
            StateProof proof = sample.prove(one);
            for (Bytes other : keys) {
                if (!one.equals(other)) {
                    assertRefused(() -> proof.verify(sample.tree.root(), other));
                    StateProof renamed = new StateProof(other, proof.end(), proof.siblings());
                    try {
                        assertEquals(sample.value(other), renamed.verify(sample.tree.root(), other));
                    } catch (ProofException e) {
                        assertTrue(e.getMessage() != null);
                    }
                }
            }
        }
    }

    /** Ends and siblings of all proofs, put together in every way: whatever passes is true. */
    @Property(tries = 60)
    void partsOfProofsPutTogetherNeverLie(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int size) {
        Random random = new Random(seed);
        Sample sample = Sample.of(random, size);
        List<Bytes> keys = someKeys(random, sample);
        Set<StateProof.End> ends = new HashSet<>();
        Set<List<Hash32>> ways = new HashSet<>();
        for (Bytes key : keys) {
            StateProof proof = sample.prove(key);
            ends.add(proof.end());
            for (int length = 0; length <= proof.siblings().size(); length++) {
                ways.add(proof.siblings().subList(0, length));
            }
        }
        sample.records.forEach((key, value) ->
                ends.add(new StateProof.End.Other(new TreeHash().path(key), new TreeHash().value(value))));
        int passed = 0;
        for (Bytes key : keys) {
            for (StateProof.End end : ends) {
                for (List<Hash32> way : ways) {
                    StateProof forged = new StateProof(key, end, way);
                    try {
                        assertEquals(sample.value(key), forged.verify(sample.tree.root(), key));
                        passed++;
                    } catch (ProofException e) {
                        continue;
                    }
                }
            }
        }
        assertTrue(passed >= keys.size(), "the true ones are among them");
    }

    @Test
    void whatTheTreeDoesNotHaveIsNotProved() {
        Sample sample = Sample.of(new Random(1), 50);
        Bytes key = sample.records.keySet().iterator().next();
        assertThrows(TreeException.class, () -> sample.tree.prove(key, Optional.empty()));
        assertThrows(TreeException.class, () -> sample.tree.prove(key, Optional.of(Bytes.of(new byte[77]))));
        Bytes absent = Bytes.of(new byte[5]);
        assertThrows(TreeException.class, () -> sample.tree.prove(absent, Optional.of(Bytes.EMPTY)));
    }

    @Test
    void theEncodingIsBounded() {
        assertThrows(CodecException.class, () -> StateProof.decode(new byte[StateProof.MAX_BYTES + 1]));
        StateProof longKey =
                new StateProof(Bytes.of(new byte[StateProof.MAX_KEY + 1]), new StateProof.End.Vacant(), List.of());
        assertThrows(CodecException.class, longKey::encode);
        List<Hash32> many = java.util.Collections.nCopies(Path.BITS + 1, Hash32.ZERO);
        StateProof deep = new StateProof(Bytes.EMPTY, new StateProof.End.Vacant(), many);
        assertThrows(CodecException.class, deep::encode);
        assertThrows(ProofException.class, () -> deep.verify(Hash32.ZERO, Bytes.EMPTY));
    }

    /** Every record of a lively network, of all tables, against the header of its last block. */
    @Test
    void everyRecordOfALedgerHasAProof() {
        RandomNetwork network = new RandomNetwork(21);
        for (int i = 0; i < 80; i++) {
            network.step();
        }
        Chain chain = network.network().chain();
        Set<Byte> tables = new HashSet<>();
        for (StateReader.Entry record : chain.store().state().scan(Bytes.EMPTY, 100_000)) {
            Chain.Proven proven = chain.prove(record.key());
            StateProof sent = StateProof.decode(proven.proof().encode());
            assertEquals(Optional.of(record.value()), sent.verify(chain.tip().stateRoot(), record.key()));
            assertArrayEquals(sent.encode(), proven.proof().encode());
            tables.add(record.key().get(0));
        }
        assertTrue(tables.size() >= 10, "kinds of records: " + tables);
        Bytes absent = Bytes.fromHex("61" + "00".repeat(32));
        assertEquals(
                Optional.empty(), chain.prove(absent).proof().verify(chain.tip().stateRoot(), absent));
    }
}

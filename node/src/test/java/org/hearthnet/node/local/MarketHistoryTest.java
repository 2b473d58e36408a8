package org.hearthnet.node.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.ReceiptBatch;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.junit.jupiter.api.Test;

/** Prices and load are the sums of the claims of the latest blocks. */
class MarketHistoryTest {
    private static final KeyPair ANNA = KeyPair.fromSeed(new byte[32]);
    private static final KeyPair BEN = KeyPair.fromSeed(seed());
    private final TreeMap<Long, Block> blocks = new TreeMap<>();

    private static byte[] seed() {
        byte[] out = new byte[32];
        out[0] = 1;
        return out;
    }

    private void block(long height, TransactionBody... bodies) {
        List<SignedTransaction> signed = new ArrayList<>();
        for (int i = 0; i < bodies.length; i++) {
            KeyPair key = i % 2 == 0 ? ANNA : BEN;
            signed.add(new Transaction(key.id(), 0, 100, Amount.ZERO, bodies[i]).sign(key, Hash32.ZERO));
        }
        var header = new BlockHeader(
                height,
                0,
                Hash32.ZERO,
                1_000 * height,
                Hash32.ZERO,
                Hash32.ZERO,
                Hash32.ZERO,
                new VrfProof(Bytes.of(new byte[VrfProof.BYTES])),
                Hash32.ZERO,
                ANNA.id());
        blocks.put(height, new Block(header, new Signature(Hash32.ZERO, Hash32.ZERO), signed));
    }

    private static TransactionBody claim(long sparks, long layerTokens) {
        return new TransactionBody.ClaimReceipts(new ReceiptBatch(
                1, new SumTree.Sum(Hash32.ZERO, Amount.of(sparks), layerTokens), Amount.of(sparks), List.of()));
    }

    private JsonNode latest(String number) {
        return new MarketHistory(h -> Optional.ofNullable(blocks.get(h)), blocks.lastKey(), 700).latest(number);
    }

    @Test
    void claimsAreAddedUp() {
        block(1, claim(999, 9));
        block(2, claim(1_000, 100), claim(3_000, 200));
        block(3, new TransactionBody.FaucetClaim(), claim(500, 50));
        JsonNode seen = latest("2");
        assertEquals(2, seen.path("from").asLong());
        assertEquals(3, seen.path("to").asLong());
        assertEquals(3, seen.path("claims").asInt());
        assertEquals(4_500, seen.path("fees").asLong());
        assertEquals(350, seen.path("layerTokens").asLong());
        assertEquals(
                1_000, seen.path("toTimeMs").asLong() - seen.path("fromTimeMs").asLong());
        assertEquals(2, seen.path("executors").size());
        assertEquals(700, seen.path("executorShare").asInt());
        assertEquals(4, latest("5000000000").path("claims").asInt());
    }

    @Test
    void whatIsNoNumberIsRefused() {
        block(1);
        for (String number : new String[] {"", "0", "-1", "x", "99999999999"}) {
            assertThrows(IllegalArgumentException.class, () -> latest(number), number);
        }
    }
}

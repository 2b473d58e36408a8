package org.hearthnet.ledger.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.TestNetwork;
import org.junit.jupiter.api.Test;

/** Signatures are checked once, and never taken for granted. */
class SignatureCheckTest {
    private static final Hash32 NETWORK = Hash32.fromHex("11".repeat(32));
    private static final KeyPair ALICE = TestNetwork.key("alice");
    private static final KeyPair BOB = TestNetwork.key("bob");

    private final SignatureCheck check = new SignatureCheck(NETWORK);

    private static SignedTransaction pay(long nonce) {
        return new Transaction(
                        ALICE.id(),
                        nonce,
                        9,
                        Amount.of(3),
                        new TransactionBody.Transfer(BOB.id(), Amount.of(1), Bytes.EMPTY))
                .sign(ALICE, NETWORK);
    }

    /** What is put together here from one encoding is what every kind says of itself. */
    @Test
    void hashesAndSizeAreThoseOfTheTransaction() {
        GoldenTest.bodies().values().forEach(body -> {
            SignedTransaction signed = new Transaction(ALICE.id(), 1, 2, Amount.of(3), body).sign(ALICE, NETWORK);
            CheckedTransaction checked = check.check(signed);
            assertEquals(signed, checked.signed());
            assertEquals(signed.id(), checked.id());
            assertEquals(SignedTransaction.KIND.hash(signed), checked.hash());
            assertEquals(signed.encode().length, checked.bytes());
            assertTrue(checked.signatureValid());
            assertTrue(signed.isSignedFor(NETWORK));
        });
    }

    @Test
    void aKnownTransactionDoesNotVouchForAnother() {
        SignedTransaction good = pay(1);
        for (int round = 0; round < 2; round++) {
            assertTrue(check.check(good).signatureValid());
            SignedTransaction other = pay(2);
            assertFalse(check.check(new SignedTransaction(other.transaction(), good.signature()))
                    .signatureValid());
            assertFalse(check.check(new SignedTransaction(good.transaction(), other.signature()))
                    .signatureValid());
            Signature altered = new Signature(
                    good.signature().r(), Hash32.of(flipped(good.signature().s().toArray())));
            assertFalse(check.check(new SignedTransaction(good.transaction(), altered))
                    .signatureValid());
            SignedTransaction elsewhere = good.transaction().sign(ALICE, Hash32.ZERO);
            assertFalse(check.check(elsewhere).signatureValid());
            assertFalse(check.check(good.transaction().sign(BOB, NETWORK)).signatureValid());
        }
    }

    private static byte[] flipped(byte[] bytes) {
        bytes[0] ^= 1;
        return bytes;
    }

    @Test
    void manyAreCheckedInOrderWhateverIsWrongBetween() {
        List<SignedTransaction> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            SignedTransaction good = pay(i);
            all.add(i % 7 == 3 ? new SignedTransaction(good.transaction(), pay(999).signature()) : good);
        }
        for (int round = 0; round < 2; round++) {
            List<CheckedTransaction> checked = check.check(all);
            for (int i = 0; i < all.size(); i++) {
                assertEquals(all.get(i), checked.get(i).signed());
                assertEquals(i % 7 != 3, checked.get(i).signatureValid(), "transaction " + i);
            }
        }
    }

    @Test
    void theMemoryIsBoundedAndForgettingHarmless() {
        SignatureCheck small = new SignatureCheck(NETWORK, 10);
        List<SignedTransaction> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(pay(i));
        }
        for (int round = 0; round < 2; round++) {
            assertTrue(small.check(all).stream().allMatch(CheckedTransaction::signatureValid));
            assertEquals(10, small.remembered());
        }
    }
}

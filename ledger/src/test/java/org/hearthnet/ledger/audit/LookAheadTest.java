package org.hearthnet.ledger.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.finality.Certificate.Endorsement;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.store.MemoryStore;
import org.junit.jupiter.api.Test;

/** Reading ahead gives the stored blocks in order, spares work, and never makes a bad signature good. */
class LookAheadTest {
    private final LedgerStore store = new MemoryStore();
    private final TestNetwork net = TestNetwork.on(TestNetwork.spec(TestNetwork.parameters()), store);
    private final Rules rules = net.chain().rules();
    private final Committee committee = rules.spec().committee();

    private void grow(int blocks) {
        KeyPair client = TestNetwork.key("client");
        for (int i = 0; i < blocks; i++) {
            net.apply(client, new Transfer(TestNetwork.key("x" + i).id(), Amount.of(1), Bytes.EMPTY));
        }
    }

    @Test
    void everyBlockComesOnceInOrder() {
        grow(150);
        LookAhead ahead = new LookAhead(rules, store);
        for (long height = 1; height <= 150; height++) {
            assertEquals(store.sealed(height), ahead.block(height, h -> Optional.of(committee)));
        }
        assertEquals(Optional.empty(), ahead.block(151, h -> Optional.of(committee)));
    }

    @Test
    void whatWasCheckedAheadIsNotCheckedAgain() {
        grow(20);
        AtomicInteger checks = new AtomicInteger();
        BallotVerifier real = BallotVerifier.ed25519(rules.network());
        LookAhead ahead = new LookAhead(rules, store, (voter, ballot, signature) -> {
            checks.incrementAndGet();
            return real.verify(voter, ballot, signature);
        });
        for (long height = 1; height <= 20; height++) {
            SealedBlock block = ahead.block(height, h -> Optional.of(committee)).orElseThrow();
            assertEquals(Optional.empty(), block.header().problem(committee, ahead.ballots()));
        }
        assertEquals(20, checks.get());
    }

    @Test
    void aBadSignatureStaysBadAndAWrongCommitteeCostsOnlyTime() {
        grow(3);
        LookAhead ahead = new LookAhead(rules, store);
        SealedBlock one = ahead.block(1, h -> Optional.of(committee)).orElseThrow();
        SealedBlock two = store.sealed(2).orElseThrow();
        var voter = committee.seat(0).node();
        Endorsement good = one.certificate().endorsements().getFirst();
        Endorsement other = two.certificate().endorsements().getFirst();
        assertTrue(ahead.ballots().verify(voter, one.certificate().ballot(), good.signature()));
        assertFalse(ahead.ballots().verify(voter, one.certificate().ballot(), other.signature()));
        assertFalse(ahead.ballots().verify(voter, two.certificate().ballot(), good.signature()));
        Committee strangers = Committee.single(TestNetwork.key("stranger"));
        LookAhead mistaken = new LookAhead(rules, store);
        for (long height = 1; height <= 3; height++) {
            SealedBlock block =
                    mistaken.block(height, h -> Optional.of(strangers)).orElseThrow();
            assertEquals(Optional.empty(), block.header().problem(committee, mistaken.ballots()));
            assertTrue(block.header().problem(strangers, mistaken.ballots()).isPresent());
        }
    }
}

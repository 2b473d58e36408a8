package org.hearthnet.node.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.genesis.protocol.Voucher;
import org.hearthnet.node.pipeline.TestKeys;
import org.junit.jupiter.api.Test;

class PaymentGateTest {
    private static final Hash32 NETWORK = new Hash32(1, 2, 3, 4);
    private static final KeyPair CLIENT = TestKeys.key(1);
    private static final KeyPair EXECUTOR = TestKeys.key(2);
    private static final Hash32 ESCROW = new Hash32(5, 5, 5, 5);
    private static final Assignment JOB = new Assignment(
            Hash32.ZERO,
            CLIENT.id(),
            ESCROW,
            Hash32.ZERO,
            1,
            new SamplerSettings(0, 0, 1, 0),
            10,
            20,
            Hash32.ZERO,
            List.of(new Stage(EXECUTOR.id(), new LayerSpan(0, 4), 3, List.of())));

    private final PaymentGate gate = new PaymentGate(NETWORK, JOB, 0, Amount.of(300), Amount.of(40));

    private Optional<String> pay(long cumulative, int positions) {
        return pay(new Voucher(ESCROW, JOB.id(), EXECUTOR.id(), Amount.of(cumulative), positions, Hash32.ZERO), CLIENT);
    }

    private Optional<String> pay(Voucher voucher, KeyPair signer) {
        return gate.accept(voucher, Voucher.KIND.sign(signer, NETWORK, voucher));
    }

    @Test
    void paysPositionsOnTopOfWhatWasEarnedBefore() {
        assertEquals(Optional.empty(), pay(40 + 12 * 10, 10));
        assertEquals(10, gate.paid());
        assertEquals(Optional.empty(), pay(40 + 12 * 18, 18));
        assertEquals(18, gate.paid());
    }

    @Test
    void tooLittleIsRefused() {
        assertTrue(pay(40 + 12 * 10 - 1, 10).isPresent());
        assertTrue(pay(12 * 10, 10).isPresent(), "earlier jobs of the escrow are paid too");
        assertEquals(0, gate.paid());
    }

    @Test
    void overTheCapIsRefused() {
        assertTrue(pay(301, 10).orElseThrow().contains("cap"));
        assertEquals(Optional.empty(), pay(300, 10));
        assertTrue(pay(300 + 12, 22).isPresent());
    }

    @Test
    void replayedAndShrinkingVouchersAreRefused() {
        assertEquals(Optional.empty(), pay(250, 10));
        assertTrue(pay(250, 10).isPresent(), "the same again");
        assertTrue(pay(249, 11).isPresent(), "less than before");
        assertTrue(pay(300, 9).isPresent(), "fewer positions");
        assertTrue(pay(300, 30).isPresent(), "more positions than the job has");
    }

    @Test
    void othersVouchersAreRefused() {
        var mine = new Voucher(ESCROW, JOB.id(), EXECUTOR.id(), Amount.of(200), 10, Hash32.ZERO);
        assertTrue(pay(mine, EXECUTOR).orElseThrow().contains("signature"));
        var stranger = new Voucher(ESCROW, JOB.id(), CLIENT.id(), Amount.of(200), 10, Hash32.ZERO);
        assertTrue(pay(stranger, CLIENT).isPresent());
        var otherEscrow = new Voucher(Hash32.ZERO, JOB.id(), EXECUTOR.id(), Amount.of(200), 10, Hash32.ZERO);
        assertTrue(pay(otherEscrow, CLIENT).isPresent());
        var otherJob = new Voucher(ESCROW, Hash32.ZERO, EXECUTOR.id(), Amount.of(200), 10, Hash32.ZERO);
        assertTrue(pay(otherJob, CLIENT).isPresent());
        var otherNetwork = Voucher.KIND.sign(CLIENT, Hash32.ZERO, mine);
        assertTrue(gate.accept(mine, otherNetwork).isPresent());
        assertEquals(0, gate.paid());
    }
}

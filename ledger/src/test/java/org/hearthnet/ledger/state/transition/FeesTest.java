package org.hearthnet.ledger.state.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.rules.BaseFee;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.block.TransactionBody.FaucetClaim;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.junit.jupiter.api.Test;

/** The base fee in real blocks. */
class FeesTest {
    private static final Amount MINIMUM = TestNetwork.parameters().transactionFee();

    private final TestNetwork net = TestNetwork.start();
    private final KeyPair client = TestNetwork.key("client");
    private long nonce;

    private Amount fee() {
        return net.chain().read(v -> v.baseFee());
    }

    private SignedTransaction pay(KeyPair from, long at, Amount maxFee) {
        TransactionBody body = new Transfer(TestNetwork.key("x").id(), Amount.of(1), Bytes.EMPTY);
        return new Transaction(from.id(), at, 1_000, maxFee, body).sign(from, net.id());
    }

    /** A block with so many transfers of the client, all of them accepted. */
    private void blockOf(int count) {
        for (int i = 0; i < count; i++) {
            net.submit(pay(client, nonce++, TestNetwork.MAX_FEE));
        }
        net.accepted();
    }

    @Test
    void itRisesAfterFullBlocksAndFallsAfterEmptyOnes() {
        assertEquals(MINIMUM, fee());
        int most = Block.MAX_TRANSACTIONS;
        Amount burned = net.holdings().supply().burned();
        blockOf(most);
        assertEquals(burned.plus(MINIMUM.times(most)), net.holdings().supply().burned(), "its own block is not dearer");
        Amount dearer = BaseFee.next(MINIMUM, BaseFee.FULL, MINIMUM);
        assertEquals(dearer, fee());
        burned = net.holdings().supply().burned();
        blockOf(most / 2); // at the target
        assertEquals(
                burned.plus(dearer.times(most / 2)), net.holdings().supply().burned());
        assertEquals(dearer, fee());
        net.block();
        assertTrue(fee().compareTo(dearer) < 0);
        for (int i = 0; i < 3; i++) {
            net.block();
        }
        assertEquals(MINIMUM, fee());
    }

    @Test
    void whoPaysLessWaitsAndIsNotForgotten() {
        blockOf(Block.MAX_TRANSACTIONS);
        SignedTransaction poor = pay(client, nonce, MINIMUM);
        SignedTransaction next = pay(client, nonce + 1, TestNetwork.MAX_FEE);
        net.submit(poor);
        net.submit(next);
        net.block();
        assertEquals(2, net.rejected().size());
        assertTrue(
                net.rejected().stream().noneMatch(BlockBuilder.Rejected::forGood),
                net.rejected().toString());
        net.block();
        net.block();
        assertEquals(MINIMUM, fee());
        net.submit(poor);
        net.submit(next);
        net.accepted();
    }

    /** A proposer that puts it in anyway makes an invalid block. */
    @Test
    void aBlockWithATransactionBelowTheFeeIsRefused() {
        var execution = net.chain()
                .read(v -> new BlockExecution(
                        net.chain().rules(), v.state(), 1, v.header().beacon()));
        Amount less = MINIMUM.minus(Amount.of(1));
        assertTrue(execution.apply(pay(client, 0, less)).orElseThrow().contains("the fee is"));
        assertEquals(
                List.of(),
                List.copyOf(execution.apply(pay(client, 0, MINIMUM)).stream().toList()));
    }

    @Test
    void claimsOfTheFaucetPayNothingAndRaiseNothing() {
        List<SignedTransaction> claims = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            KeyPair key = TestNetwork.key("claimer" + i);
            claims.add(new Transaction(key.id(), 0, 1_000, Amount.ZERO, new FaucetClaim()).sign(key, net.id()));
        }
        claims.forEach(net::submit);
        net.accepted();
        assertEquals(Amount.ZERO, net.holdings().supply().burned());
        var fees = net.chain()
                .read(v ->
                        org.hearthnet.ledger.state.Tables.FEES.get(v.state(), org.hearthnet.ledger.state.Tables.ONLY));
        assertTrue(fees.isEmpty() || fees.get().transactions() == 0);
    }
}

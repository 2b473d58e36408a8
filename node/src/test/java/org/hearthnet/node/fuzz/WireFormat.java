package org.hearthnet.node.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignatureCheck;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.consensus.MessageCheck;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.light.LightClient;
import org.hearthnet.ledger.light.LightException;
import org.hearthnet.ledger.light.TrustStep;
import org.hearthnet.ledger.tree.ProofException;
import org.hearthnet.ledger.tree.StateProof;
import org.hearthnet.node.chain.BlockNews;
import org.hearthnet.node.chain.SyncMessages;

/**
 * A kind of bytes from outside.
 *
 * @param name of the kind
 * @param decoder refuses with a {@link CodecException}
 * @param encoder must give the decoded bytes again
 * @param use what a node does first with a decoded value; must not throw anything
 */
record WireFormat<T>(String name, Function<byte[], T> decoder, Function<T, byte[]> encoder, Consumer<T> use) {
    /** Allocations that have nothing to do with the input, such as the text of errors. */
    private static final long FREE_BYTES = 1 << 20;

    /** Objects, field names and lists of a decoded value may take so many times its bytes. */
    private static final long PER_BYTE = 2_000;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static <T> WireFormat<T> of(Class<T> type, Consumer<T> use) {
        Codec<T> codec = Codec.of(type);
        return new WireFormat<>(type.getSimpleName(), codec::decode, codec::encode, use);
    }

    /** All kinds; a fuzzer's input names one by its number, so their order stays. */
    static java.util.List<WireFormat<?>> all() {
        return java.util.List.of(
                new WireFormat<>("Block", Block::decode, Block::encode, WireFormat::useBlock),
                new WireFormat<>(
                        "SignedTransaction",
                        SignedTransaction::decode,
                        SignedTransaction::encode,
                        WireFormat::useTransaction),
                new WireFormat<>("StateProof", StateProof::decode, StateProof::encode, WireFormat::useProof),
                of(SealedHeader.class, header -> header.problem(WireSamples.COMMITTEE, ballots())),
                of(Certificate.class, certificate -> certificate.problem(WireSamples.COMMITTEE, ballots())),
                of(Message.class, WireFormat::useMessage),
                of(Vote.class, vote -> vote.ballot().contradicts(Ballot.nullify(1, 0))),
                of(TrustStep.class, WireFormat::useStep),
                of(SyncMessages.Request.class, request -> {}),
                of(SyncMessages.Response.class, WireFormat::useResponse),
                of(BlockNews.class, news -> {}));
    }

    private static BallotVerifier ballots() {
        return BallotVerifier.ed25519(WireSamples.SPEC.id());
    }

    private static void useBlock(Block block) {
        block.hash();
        Block.transactionsRoot(block.transactions());
    }

    private static void useTransaction(SignedTransaction transaction) {
        new SignatureCheck(WireSamples.SPEC.id()).check(transaction);
    }

    private static void useProof(StateProof proof) {
        try {
            proof.verify(WireSamples.SPEC.id(), proof.key());
            proof.verify(WireSamples.SPEC.id(), Bytes.EMPTY);
        } catch (ProofException refused) {
            // as it should be
        }
    }

    private static void useMessage(Message message) {
        MessageCheck check = new MessageCheck(WireSamples.COMMITTEE, ballots(), (voteKey, block) -> true);
        for (Committee.Seat seat : WireSamples.COMMITTEE.seats()) {
            check.problem(seat.node(), message);
        }
        check.problem(new NodeId(WireSamples.SPEC.id()), message);
    }

    private static void useResponse(SyncMessages.Response response) {
        if (response instanceof SyncMessages.Piece piece) {
            try {
                piece.proof().verify(WireSamples.SPEC.id(), piece.range(), piece.records());
            } catch (ProofException refused) {
                // as it should be
            }
        }
    }

    private static void useStep(TrustStep step) {
        try {
            LightClient.fromGenesis(WireSamples.SPEC).advance(step);
        } catch (LightException refused) {
            // as it should be
        }
    }

    /**
     * Any bytes are the encoding of a value, the only one, or are refused, and neither takes memory out of proportion.
     *
     * @return whether they were a value
     */
    boolean check(byte[] bytes) {
        long most = FREE_BYTES + PER_BYTE * bytes.length;
        // What a class takes that is loaded on the way is taken once.
        if (allocatedByDecoding(bytes) > most) {
            long again = allocatedByDecoding(bytes);
            assertTrue(again <= most, () -> name + ": " + bytes.length + " bytes made it allocate " + again);
        }
        try {
            T value = decoder.apply(bytes);
            assertArrayEquals(bytes, encoder.apply(value), () -> name + " has a second encoding");
            use.accept(value);
            return true;
        } catch (CodecException refused) {
            return false;
        }
    }

    private long allocatedByDecoding(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            byte[] unused = encoder.apply(decoder.apply(bytes));
        } catch (CodecException refused) {
            // as it should be
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}

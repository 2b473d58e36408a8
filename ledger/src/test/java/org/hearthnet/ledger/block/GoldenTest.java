package org.hearthnet.ledger.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.crypto.VrfPublicKey;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.ReceiptBatch;
import org.hearthnet.genesis.protocol.ReceiptOpening;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.genesis.protocol.Voucher;
import org.hearthnet.genesis.spec.SeatKeys;
import org.junit.jupiter.api.Test;

/** The encoding of every transaction body, header and block, byte for byte. */
class GoldenTest {
    private static final Codec<TransactionBody> BODY = Codec.of(TransactionBody.class);
    private static final String FILE = "/golden/ledger.txt";

    private static Hash32 hash(int b) {
        return Hash32.fromHex(HexFormat.of().toHexDigits((byte) b).repeat(32));
    }

    private static NodeId node(int b) {
        return new NodeId(hash(b));
    }

    private static Signature signature(int b) {
        return new Signature(hash(b), hash(b + 1));
    }

    static Map<String, TransactionBody> bodies() {
        Map<String, TransactionBody> all = new LinkedHashMap<>();
        all.put("transfer", new TransactionBody.Transfer(node(1), Amount.of(2), Bytes.fromHex("0304")));
        all.put("faucet-claim", new TransactionBody.FaucetClaim());
        all.put(
                "escrow-open",
                new TransactionBody.EscrowOpen(List.of(new TransactionBody.Cap(node(1), Amount.of(2))), 3));
        all.put("claim-receipts", new TransactionBody.ClaimReceipts(batch()));
        all.put("bond", new TransactionBody.Bond(Amount.of(1)));
        all.put("unbond", new TransactionBody.Unbond(Amount.of(1)));
        all.put("withdraw", new TransactionBody.Withdraw());
        all.put("register-holding", new TransactionBody.RegisterHolding(hash(1), new LayerSpan(2, 3)));
        all.put("release-holding", new TransactionBody.ReleaseHolding(hash(1)));
        all.put(
                "post-verdict",
                new TransactionBody.PostVerdict(hash(1), Verdict.AGREE, Optional.of(opening()), hash(2)));
        all.put("post-answer", new TransactionBody.PostAnswer(hash(1), hash(2)));
        all.put("reveal-tag", new TransactionBody.RevealTag(hash(1), hash(2), hash(3)));
        all.put("move-in-dispute", new TransactionBody.MoveInDispute(hash(1), new DisputeMove.PickLayer(2)));
        all.put(
                "report-equivocation",
                new TransactionBody.ReportEquivocation(
                        node(1),
                        new BoundaryStatement(hash(2), 3, 4, hash(5)),
                        signature(6),
                        new BoundaryStatement(hash(2), 3, 4, hash(8)),
                        signature(9)));
        all.put("confess", new TransactionBody.Confess(hash(1)));
        all.put(
                "report-double-vote",
                new TransactionBody.ReportDoubleVote(
                        new Vote(Ballot.notarize(1, 2, hash(3)), node(4), signature(5)),
                        new Vote(Ballot.nullify(1, 2), node(4), signature(6))));
        all.put(
                "report-double-block",
                new TransactionBody.ReportDoubleBlock(
                        new SignedHeader(header(hash(1)), signature(2)),
                        new SignedHeader(header(hash(3)), signature(4))));
        VrfPublicKey vrf = new VrfPublicKey(Bytes.fromHex("02" + hash(1).toHex()));
        all.put(
                "register-seat-keys",
                new TransactionBody.RegisterSeatKeys(
                        5,
                        new SeatKeys(vrf, node(2)),
                        new SeatKeys.Possession(new VrfProof(Bytes.of(new byte[VrfProof.BYTES])), signature(3))));
        return all;
    }

    private static ReceiptBatch batch() {
        Voucher voucher = new Voucher(hash(1), hash(2), node(3), Amount.of(4), 5, hash(6));
        return new ReceiptBatch(
                1,
                new SumTree.Sum(hash(7), Amount.of(8), 9),
                Amount.of(10),
                List.of(new ReceiptBatch.SignedVoucher(voucher, signature(11), Amount.of(3))));
    }

    private static ReceiptOpening opening() {
        Receipt receipt = new Receipt(
                hash(1),
                2,
                node(3),
                4,
                hash(5),
                Optional.of(signature(6)),
                hash(8),
                Optional.empty(),
                hash(9),
                Amount.of(10),
                11);
        return new ReceiptOpening(
                receipt,
                0,
                List.of(new SumTree.Sum(hash(12), Amount.of(13), 14)),
                new Envelope(node(15), Bytes.fromHex("16"), signature(17)));
    }

    private static Block block() {
        List<SignedTransaction> transactions = bodies().values().stream()
                .map(b -> new SignedTransaction(new Transaction(node(1), 2, 3, Amount.of(4), b), signature(4)))
                .toList();
        return new Block(header(Block.transactionsRoot(transactions)), signature(9), transactions);
    }

    private static BlockHeader header(Hash32 transactionsRoot) {
        return new BlockHeader(
                1,
                2,
                hash(2),
                3,
                transactionsRoot,
                hash(4),
                hash(5),
                new VrfProof(Bytes.of(new byte[VrfProof.BYTES])),
                hash(7),
                node(8));
    }

    private static Map<String, String> golden() throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new AssertionError("no resource " + FILE);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(p -> p[0], p -> p[1]));
        }
    }

    private static Map<String, String> actual() {
        Map<String, String> out = new LinkedHashMap<>();
        bodies().forEach((name, body) -> out.put(name, HexFormat.of().formatHex(BODY.encode(body))));
        Block block = block();
        out.put("transaction-id", block.transactions().getFirst().id().toHex());
        out.put("transactions-root", block.header().transactionsRoot().toHex());
        out.put("header", HexFormat.of().formatHex(BlockHeader.KIND.codec().encode(block.header())));
        out.put("block-hash", block.hash().toHex());
        return out;
    }

    @Test
    void encodingsAreTheGoldenOnes() throws IOException {
        Map<String, String> actual = actual();
        String lines = actual.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining("\n"));
        assertEquals(golden(), actual, lines);
    }

    @Test
    void goldenBytesDecodeToTheValues() throws IOException {
        Map<String, String> golden = golden();
        bodies().forEach((name, body) -> {
            String hex = golden.getOrDefault(name, "");
            assertEquals(body, BODY.decode(HexFormat.of().parseHex(hex)), name);
        });
    }

    @Test
    void everyBodyHasAGoldenVector() {
        Set<Class<?>> covered = bodies().values().stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.of(TransactionBody.class.getPermittedSubclasses()), covered);
    }

    @Test
    void alteredBlocksAreRefusedOrAnotherValue() {
        long seed = Long.getLong("hearth.seed", 1);
        System.out.println("GoldenTest seed " + seed);
        Random random = new Random(seed);
        byte[] good = block().encode();
        assertArrayEquals(good, Block.decode(good).encode());
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertArrayEquals(bad, Block.decode(bad).encode(), "one encoding for one value");
            } catch (CodecException e) {
                refused++;
            }
        }
        assertTrue(refused > 0);
    }

    @Test
    void oversizedInputIsRefusedBeforeItIsRead() {
        assertThrows(CodecException.class, () -> Block.decode(new byte[Block.MAX_BYTES + 1]));
        assertThrows(CodecException.class, () -> SignedTransaction.decode(new byte[SignedTransaction.MAX_BYTES + 1]));
    }
}

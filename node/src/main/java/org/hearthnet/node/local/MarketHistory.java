package org.hearthnet.node.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.TransactionBody.ClaimReceipts;

/**
 * Recent prices and load: what the claims of the latest blocks were paid, and for how many layer-tokens. Work that was not
 * claimed is not seen.
 */
final class MarketHistory {
    /** Most blocks that are read. */
    static final long MAX_BLOCKS = 50_000;

    private final LongFunction<Optional<Block>> blocks;
    private final long tip;
    private final int executorShare;

    /**
     * @param blocks by height
     * @param tip the last height
     * @param executorShare thousandths of a fee that stay with the executor
     */
    MarketHistory(LongFunction<Optional<Block>> blocks, long tip, int executorShare) {
        this.blocks = blocks;
        this.tip = tip;
        this.executorShare = executorShare;
    }

    static MarketHistory of(LedgerSource source) {
        long tip = source.read(v -> v.header().height());
        return new MarketHistory(source::block, tip, source.spec().parameters().executorShare());
    }

    /**
     * Of the latest {@code number} blocks, at most {@link #MAX_BLOCKS}.
     *
     * @throws IllegalArgumentException if {@code number} is no number of at least 1
     */
    JsonNode latest(String number) {
        long from = Math.max(1, tip - Math.min(count(number), MAX_BLOCKS) + 1);
        Amount fees = Amount.ZERO;
        long layerTokens = 0;
        int claims = 0;
        var executors = new TreeSet<NodeId>();
        for (long height = from; height <= tip; height++) {
            for (SignedTransaction signed :
                    blocks.apply(height).map(Block::transactions).orElse(List.of())) {
                if (signed.transaction().body() instanceof ClaimReceipts claim) {
                    claims++;
                    executors.add(signed.transaction().sender());
                    fees = fees.plus(claim.batch().root().fee());
                    layerTokens =
                            Math.addExact(layerTokens, claim.batch().root().layerTokens());
                }
            }
        }
        ObjectNode out = LocalJson.mapper().createObjectNode();
        out.put("from", from);
        out.put("to", tip);
        out.put("fromTimeMs", timeMs(from));
        out.put("toTimeMs", timeMs(tip));
        out.put("claims", claims);
        out.put("fees", fees.sparks());
        out.put("layerTokens", layerTokens);
        out.put("executorShare", executorShare);
        var list = out.putArray("executors");
        executors.forEach(e -> list.add(e.toHex()));
        return out;
    }

    private static long count(String text) {
        if (!text.matches("[1-9][0-9]{0,9}")) {
            throw new IllegalArgumentException("'" + text + "' is no number of blocks");
        }
        return Long.parseLong(text);
    }

    private long timeMs(long height) {
        return blocks.apply(height).map(b -> b.header().timeMs()).orElse(0L);
    }
}

package org.hearthnet.node.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.store.StoreException;

/**
 * Blocks as JSON, one a line, in the form that {@code docs/ledger.md} describes: the same bytes for the same block from every
 * node.
 */
public final class LedgerExport {
    private static final ObjectMapper COMPACT = new ObjectMapper();

    private LedgerExport() {}

    /**
     * Writes blocks {@code from} to {@code to}, both included.
     *
     * @param progress hears each height
     * @return number of blocks
     * @throws StoreException if one of them is missing
     */
    public static long write(LedgerStore store, long from, long to, OutputStream out, LongConsumer progress)
            throws IOException {
        for (long height = from; height <= to; height++) {
            long wanted = height;
            SealedBlock block = store.sealed(height)
                    .orElseThrow(() -> new StoreException(
                            StoreException.Reason.CORRUPT, "block " + wanted + " is missing; an audit says more"));
            out.write(COMPACT.writeValueAsBytes(line(block)));
            out.write('\n');
            progress.accept(height);
        }
        return Math.max(0, to - from + 1);
    }

    /** One block. */
    static ObjectNode line(SealedBlock sealed) {
        Block block = sealed.block();
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("height", block.height());
        out.put("hash", block.hash().toHex());
        out.set("header", RecordJson.of(block.header()));
        out.set("signature", RecordJson.of(block.signature()));
        out.set("certificate", RecordJson.of(sealed.certificate()));
        ArrayNode transactions = out.putArray("transactions");
        for (SignedTransaction t : block.transactions()) {
            ObjectNode each = transactions.addObject();
            each.put("id", t.id().toHex());
            each.setAll((ObjectNode) RecordJson.of(t.transaction()));
            each.set("signature", RecordJson.of(t.signature()));
        }
        return out;
    }
}

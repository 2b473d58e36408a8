package org.hearthnet.node.pipeline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.JobRequest;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Offer;
import org.junit.jupiter.api.Test;

class MarketLimitsTest {
    private static final JobRequest REQUEST = new JobRequest(node(0), 1, Hash32.ZERO, 1, 5, 5, 50, 100);

    private static NodeId node(int number) {
        return new NodeId(new Hash32(0, 0, 7, number));
    }

    private static Offer offer(int executor, long price) {
        return new Offer(REQUEST.id(), node(executor), new LayerSpan(0, 1), price, 1, List.of());
    }

    @Test
    void aBookKeepsOneOfferEachAndTheCheapest() {
        OfferBook book = new OfferBook(REQUEST);
        for (int i = 0; i < OfferBook.MAX_OFFERS; i++) {
            assertTrue(book.add(offer(i, 40)));
        }
        assertTrue(book.add(offer(3, 39)), "a better one of the same executor");
        assertEquals(OfferBook.MAX_OFFERS, book.offers().size());
        assertFalse(book.add(offer(500, 40)), "no cheaper than the dearest");
        assertTrue(book.add(offer(501, 10)));
        assertEquals(OfferBook.MAX_OFFERS, book.offers().size());
        assertTrue(book.offers().contains(offer(501, 10)));
    }

    @Test
    void aBookRefusesOtherRequestsAndHighPrices() {
        OfferBook book = new OfferBook(REQUEST);
        assertFalse(book.add(offer(1, 51)));
        assertFalse(book.add(new Offer(Hash32.ZERO, node(1), new LayerSpan(0, 1), 1, 1, List.of())));
    }

    @Test
    void aSenderHasAQuotaAndSendersAreBounded() {
        SenderQuota quota = new SenderQuota(3, 1000);
        for (int i = 0; i < 3; i++) {
            assertTrue(quota.take(node(1), i));
        }
        assertFalse(quota.take(node(1), 999));
        assertTrue(quota.take(node(2), 999), "another sender is not affected");
        assertTrue(quota.take(node(1), 1000), "a new window");
        for (int i = 0; i < 2 * SenderQuota.MAX_SENDERS; i++) {
            assertTrue(quota.take(node(10 + i), 0));
        }
        assertEquals(SenderQuota.MAX_SENDERS, quota.size());
    }
}

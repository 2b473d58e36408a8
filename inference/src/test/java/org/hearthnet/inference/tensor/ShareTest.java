package org.hearthnet.inference.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hearthnet.inference.kernel.AttentionShape;
import org.junit.jupiter.api.Test;

class ShareTest {
    @Property(tries = 3_000)
    void everythingIsComputedOnce(
            @ForAll @IntRange(min = 1, max = 12) int kvHeads,
            @ForAll @IntRange(min = 1, max = 8) int group,
            @ForAll @IntRange(min = 1, max = 40) int halfDim,
            @ForAll @IntRange(min = 1, max = 600) int hidden,
            @ForAll @IntRange(min = 1, max = 40) int feedForwardBlocks,
            @ForAll @IntRange(min = 1, max = 8) int members) {
        var attention = new AttentionShape(kvHeads * group, kvHeads, 2 * halfDim);
        List<Share> shares;
        try {
            shares = Share.of(hidden, attention, 32 * feedForwardBlocks, 300, members);
        } catch (IllegalArgumentException e) {
            assertTrue(members > 1 && String.valueOf(e.getMessage()).contains("cannot share"), e::toString);
            return;
        }
        covers(shares, Share::hidden, hidden, hidden % 32 == 0 ? 32 : 1);
        covers(shares, Share::feedForward, 32 * feedForwardBlocks, 32);
        covers(shares, Share::vocabulary, 300, 1);
        covers(shares, Share::heads, attention.heads(), 1);
        for (Share share : shares) {
            AttentionShape own = share.attention(attention);
            for (int head = 0; head < own.heads(); head++) {
                int whole = attention.kvHead(share.heads().from() + head);
                assertEquals(whole, share.kvHeads().from() + own.kvHead(head));
            }
            boolean blocks = attention.queryWidth() % 32 == 0;
            assertTrue(!blocks || share.heads().times(2 * halfDim).from() % 32 == 0);
        }
    }

    private static void covers(List<Share> shares, Function<Share, Slice> which, int total, int unit) {
        int next = 0;
        for (Share share : shares) {
            Slice slice = which.apply(share);
            assertEquals(next, slice.from());
            assertTrue(slice.size() > 0 && slice.from() % unit == 0, slice::toString);
            next = slice.to();
        }
        assertEquals(total, next);
    }

    @Test
    void membersBeyondTheKeyHeadsShareThem() {
        List<Share> shares = Share.of(2048, new AttentionShape(32, 4, 64), 5632, 32000, 8);
        assertEquals(new Slice(4, 8), shares.get(1).heads());
        assertEquals(new Slice(0, 1), shares.get(0).kvHeads());
        assertEquals(new Slice(0, 1), shares.get(1).kvHeads());
        assertEquals(new Slice(3, 4), shares.get(7).kvHeads());
    }

    @Test
    void whatCannotBeSharedIsRefusedWithTheReason() {
        var attention = new AttentionShape(6, 3, 64);
        var e = assertThrows(IllegalArgumentException.class, () -> Share.of(256, attention, 512, 300, 5));
        assertTrue(String.valueOf(e.getMessage()).contains("5 members cannot share 6 heads"), e::toString);
        assertThrows(IllegalArgumentException.class, () -> Share.of(64, attention, 512, 300, 3));
        assertThrows(IllegalArgumentException.class, () -> Share.of(256, attention, 512, 300, 0));
        assertThrows(IllegalArgumentException.class, () -> Share.of(256, attention, 512, 300, 17));
    }
}

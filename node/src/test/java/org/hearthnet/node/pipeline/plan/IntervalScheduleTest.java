package org.hearthnet.node.pipeline.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IntervalScheduleTest {
    @Test
    void promptInChunksThenDoublingIntervals() {
        assertEquals(List.of(64, 100, 108, 124, 156, 220, 284, 299), new IntervalSchedule(100, 200, 64).ends());
        assertEquals(List.of(5), new IntervalSchedule(5, 1, 64).ends());
        assertEquals(List.of(2, 4, 5, 7), new IntervalSchedule(5, 3, 2).ends());
    }

    @Property
    void coversAllPositionsInBoundedSteps(
            @ForAll @IntRange(min = 1, max = 3000) int prompt,
            @ForAll @IntRange(min = 1, max = 3000) int answer,
            @ForAll @IntRange(min = 1, max = 64) int chunk) {
        var schedule = new IntervalSchedule(prompt, answer, chunk);
        List<Integer> ends = schedule.ends();
        int before = 0;
        for (int end : ends) {
            int size = end - before;
            assertTrue(size >= 1 && size <= IntervalSchedule.MAX_INTERVAL);
            assertTrue(end > prompt || size <= chunk, "a frame holds no more than a chunk");
            assertTrue(before >= prompt || end <= prompt, "no interval spans the prompt's end");
            for (int p = before; p < end; p++) {
                assertEquals(end, schedule.next(p));
                assertEquals(p == before && before > 0, schedule.isEnd(p));
            }
            before = end;
        }
        assertEquals(prompt + answer - 1, before);
        assertEquals(schedule.total(), before);
        assertTrue(schedule.isEnd(before));
        int total = before;
        assertThrows(IllegalArgumentException.class, () -> schedule.next(total));
    }
}

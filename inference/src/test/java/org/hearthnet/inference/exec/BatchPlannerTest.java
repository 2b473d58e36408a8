package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hearthnet.inference.exec.BatchPlanner.Share;
import org.junit.jupiter.api.Test;

/** Plans are within the limits, decoding comes first, and everything gets its turn. */
class BatchPlannerTest {
    private final BatchPlanner planner = new BatchPlanner(256, 64);

    @Test
    void decodingGoesFirstAndPromptsShareTheRest() {
        assertEquals(List.of(), planner.plan(List.of()));
        assertEquals(List.of(new Share(0, 1)), planner.plan(List.of(1)));
        assertEquals(List.of(new Share(0, 256)), planner.plan(List.of(1000)));
        assertEquals(List.of(new Share(0, 64), new Share(1, 1)), planner.plan(List.of(1000, 1)));
        assertEquals(List.of(new Share(0, 54), new Share(1, 10), new Share(2, 1)), planner.plan(List.of(1000, 10, 1)));
        assertThrows(IllegalArgumentException.class, () -> new BatchPlanner(64, 64));
    }

    @Test
    void limitsHoldAndNobodyStarves() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            int rows = 2 + random.nextInt(60);
            int beside = 1 + random.nextInt(rows - 1);
            var small = new BatchPlanner(rows, beside);
            int most = 1 + random.nextInt(40);
            // Pairs of {rows left, passes waited}; new work keeps coming, most of it decoding.
            List<int[]> works = new ArrayList<>();
            for (int pass = 0; pass < 200; pass++) {
                while (works.size() < most) {
                    works.add(new int[] {random.nextInt(4) > 0 ? 1 : 2 + random.nextInt(90), 0});
                }
                checkPass(small, works, random.nextInt(8) == 0, most);
            }
        }
    }

    private static void checkPass(BatchPlanner planner, List<int[]> works, boolean trickle, int most) {
        List<Integer> left = works.stream().map(w -> w[0]).toList();
        List<Share> plan = planner.plan(left);
        int sum = plan.stream().mapToInt(Share::rows).sum();
        long singles = left.stream().filter(n -> n == 1).count();
        int longRows = plan.stream()
                .filter(s -> left.get(s.index()) > 1)
                .mapToInt(Share::rows)
                .sum();
        assertTrue(sum > 0 && sum <= planner.rows());
        assertTrue(singles == 0 || longRows <= planner.besideDecoding());
        assertTrue(singles == left.size() || longRows > 0, "long inputs always go on");
        assertTrue(singles == 0 || sum > longRows, "so does decoding");
        var served = new ArrayList<int[]>();
        for (Share share : plan) {
            assertTrue(share.rows() >= 1 && share.rows() <= left.get(share.index()));
            int[] work = works.get(share.index());
            work[0] -= share.rows();
            work[1] = 0;
            served.add(work);
        }
        works.removeAll(served);
        works.forEach(w -> assertTrue(++w[1] <= most, "waited " + w[1] + " passes among " + most));
        served.removeIf(w -> w[0] == 0);
        works.addAll(served);
        if (trickle && !works.isEmpty()) {
            works.removeLast();
        }
    }
}

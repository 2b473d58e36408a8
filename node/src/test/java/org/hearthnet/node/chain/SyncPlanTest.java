package org.hearthnet.node.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hearthnet.node.chain.SyncPlan.Request;
import org.junit.jupiter.api.Test;

class SyncPlanTest {
    private final SyncPlan<String, String> plan = new SyncPlan<>(new SyncPlan.Limits(10, 40, 1_000, 3));

    private static List<Request<String>> requests(Object... peerFromCount) {
        List<Request<String>> out = new java.util.ArrayList<>();
        for (int i = 0; i < peerFromCount.length; i += 3) {
            out.add(new Request<>(
                    (String) peerFromCount[i], (Integer) peerFromCount[i + 1], (Integer) peerFromCount[i + 2]));
        }
        return out;
    }

    @Test
    void several_peers_are_asked_for_different_blocks() {
        plan.reached("a", 25);
        plan.reached("b", 12);
        plan.reached("c", 100);
        assertEquals(requests("a", 1, 10, "b", 11, 2, "c", 13, 10), plan.next(0));
        assertEquals(List.of(), plan.next(0));
        plan.keep(11, "eleven", 10, "b", 0);
        plan.keep(12, "twelve", 10, "b", 0);
        plan.answered("b");
        assertEquals(List.of(), plan.next(0), "b has nothing that is not there or asked for already");
        plan.answered("a");
        // What a did not answer is asked for again.
        assertEquals(requests("a", 1, 10), plan.next(0));
        assertEquals(100, plan.bestHeight());
    }

    @Test
    void a_peer_that_leaves_makes_room_for_another_to_be_asked() {
        plan.reached("a", 5);
        assertEquals(requests("a", 1, 5), plan.next(0));
        plan.reached("b", 5);
        assertEquals(List.of(), plan.next(0));
        plan.gone("a");
        assertEquals(requests("b", 1, 5), plan.next(0));
    }

    @Test
    void blocks_wait_for_their_turn_inside_a_window() {
        assertTrue(plan.keep(3, "three", 10, "a", 0));
        assertFalse(plan.keep(3, "other", 10, "b", 0), "the first one stays");
        assertFalse(plan.keep(41, "far", 10, "a", 0));
        assertFalse(plan.keep(1, "old", 10, "a", 1));
        assertEquals(Optional.empty(), plan.take(0));
        assertTrue(plan.keep(1, "one", 10, "b", 0));
        assertEquals("one", plan.take(0).orElseThrow().block());
        assertEquals("a", plan.take(2).orElseThrow().from());
        assertEquals(0, plan.keptBlocks());
    }

    @Test
    void what_is_kept_is_not_asked_for() {
        plan.keep(4, "four", 10, "a", 0);
        plan.reached("a", 8);
        assertEquals(requests("a", 1, 3), plan.next(0));
        plan.reached("b", 8);
        assertEquals(requests("b", 5, 4), plan.next(0));
    }

    @Test
    void bytes_are_bounded_but_the_next_block_always_fits() {
        assertTrue(plan.keep(2, "two", 900, "a", 0));
        assertFalse(plan.keep(3, "three", 200, "a", 0));
        assertTrue(plan.keep(1, "one", 5_000, "a", 0));
        plan.reached("a", 30);
        plan.reached("b", 30);
        assertEquals(List.of(), plan.next(0), "no more is asked for while there is no room");
        plan.take(0);
        assertFalse(plan.next(1).isEmpty());
    }

    @Test
    void only_so_many_peers_are_remembered() {
        for (String peer : List.of("a", "b", "c", "d")) {
            plan.reached(peer, 5);
        }
        assertEquals(Optional.empty(), plan.heightOf("d"));
        plan.gone("a");
        plan.reached("d", 5);
        assertEquals(Optional.of(5L), plan.heightOf("d"));
    }

    @Test
    void any_schedule_of_answers_and_failures_ends_with_every_block_in_order() {
        long seed = new Random().nextLong();
        System.out.println("SyncPlanTest seed " + seed);
        Random random = new Random(seed);
        List<String> peers = List.of("a", "b", "c");
        List<Request<String>> running = new java.util.ArrayList<>();
        long height = 0;
        long target = 300;
        for (int step = 0; height < target; step++) {
            assertTrue(step < 100_000, "no progress, seed " + seed);
            for (String peer : peers) {
                plan.reached(peer, target - 50L * random.nextInt(2));
            }
            running.addAll(plan.next(height));
            if (running.isEmpty()) {
                continue;
            }
            Request<String> r = running.remove(random.nextInt(running.size()));
            int served = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(r.count());
            plan.answered(r.peer());
            if (served == 0) {
                plan.gone(r.peer());
            }
            for (int i = 0; i < served; i++) {
                plan.keep(r.from() + i, "" + (r.from() + i), 20, r.peer(), height);
            }
            for (var next = plan.take(height); next.isPresent(); next = plan.take(height)) {
                assertEquals("" + (height + 1), next.get().block());
                height++;
            }
            assertTrue(plan.keptBlocks() <= 40);
        }
    }
}

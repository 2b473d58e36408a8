package org.hearthnet.node.p2p.gossipsub;

import static org.hearthnet.node.p2p.gossipsub.RouterBench.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The formulas of gossipsub v1.1, Topic Parameter Calculation and Decay, worked out by hand. */
class ScoreTest {
    private static final double EXACT = 1e-9;
    private static final TopicScoreParams TOPIC =
            new TopicScoreParams(2, 0.5, 1_000, 10, 3, 0.5, 4, -1, 0.5, 5, 8, 2_000, 10, -0.25, 0.5, -7, 0.5);
    private static final ScoreParams PARAMS =
            new ScoreParams(TOPIC, 100, 2, -3, 2, -4, 1, 0.5, 1_000, 0.1, 10_000, -10, -20, -30, 0, 0);

    private final PeerScore score = new PeerScore(PARAMS, "here");

    @Test
    void timeInMeshIsCapped() {
        score.graft("t", 0);
        score.decay(1_000);
        assertEquals(2 * 0.5 * 1, score.score(1), EXACT);
        score.delivered("t", false);
        for (int i = 0; i < 20; i++) {
            score.delivered("t", false);
        }
        score.decay(60_000);
        // The cap of P1 is 10; of 8 deliveries half are left, one less than expected: P3.
        assertEquals(2 * (0.5 * 10 - 1), score.score(1), EXACT);
    }

    @Test
    void firstDeliveriesAreCappedAndDecay() {
        for (int i = 0; i < 9; i++) {
            score.delivered("t", true);
        }
        assertEquals(2 * 3 * 4, score.score(1), EXACT);
        score.decay(1_000);
        assertEquals(2 * 3 * 2, score.score(1), EXACT);
        for (int i = 0; i < 5; i++) {
            score.decay(1_000);
        }
        assertEquals(0, score.score(1), EXACT, "below 0.1 it is nothing");
    }

    @Test
    void missingDeliveriesCountAfterAWhileAndStickWhenPruned() {
        score.graft("t", 0);
        score.decay(2_000);
        assertEquals(2 * 0.5 * 2, score.score(1), EXACT, "not yet active");
        score.decay(3_000);
        assertEquals(2 * (0.5 * 3 - 25), score.score(1), EXACT);
        score.prune("t");
        assertEquals(2 * -0.25 * 25, score.score(1), EXACT, "P3b");
        score.decay(4_000);
        assertEquals(2 * -0.25 * 12.5, score.score(1), EXACT);
    }

    @Test
    void invalidMessagesCountSquared() {
        score.invalid("t");
        score.invalid("t");
        score.invalid("t");
        assertEquals(2 * -7 * 9, score.score(1), EXACT);
        score.decay(1_000);
        assertEquals(2 * -7 * 2.25, score.score(1), EXACT);
    }

    @Test
    void opinionColocationAndBehaviour() {
        score.opinion(-1.5);
        assertEquals(-3, score.score(2), EXACT);
        assertEquals(-3 - 3 * 9, score.score(5), EXACT, "three more than two");
        score.misbehaved(1);
        assertEquals(-3, score.score(1), EXACT, "one is forgiven");
        score.misbehaved(2);
        assertEquals(-3 - 4 * 4, score.score(1), EXACT);
        score.decay(1_000);
        assertEquals(-3 - 4 * 0.25, score.score(1), EXACT);
    }

    @Test
    void topicsTogetherAreCapped() {
        for (int topic = 0; topic < 10; topic++) {
            for (int i = 0; i < 4; i++) {
                score.delivered("t" + topic, true);
            }
        }
        assertEquals(100, score.score(1), EXACT);
    }

    @Test
    void goneGoodIsForgottenAndGoneBadIsKept() {
        score.delivered("t", true);
        score.invalid("t");
        score.gone(0);
        assertEquals(-14, score.score(1), EXACT);
        assertTrue(!score.isForgotten(10_000) && score.isForgotten(10_001));
    }

    @Test
    void peersOfOneAddressAreCountedAsLongAsTheyAreThere() {
        Scores scores = new Scores(PARAMS, 10);
        for (int i = 0; i < 4; i++) {
            scores.up(peer(i), "1.2.3.4");
        }
        scores.up(peer(9), "");
        assertEquals(-3 * 4, scores.of(peer(0)), EXACT);
        assertEquals(0, scores.of(peer(9)), EXACT);
        scores.down(peer(1), 0);
        assertEquals(-3, scores.of(peer(0)), EXACT);
        assertEquals(0, scores.of(peer(1)), EXACT);
        scores.up(peer(1), "5.6.7.8");
        assertEquals(0, scores.of(peer(1)), EXACT);
        assertEquals(0, scores.retainedNow());
    }

    @Test
    void nonsensicalWeightsAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ScoreParams(TOPIC, 100, 2, -3, 2, -4, 1, 0.5, 1_000, 0.1, 10_000, -20, -10, -30, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TopicScoreParams(1, 0.5, 1_000, 10, 3, 0.5, 4, 1, 0.5, 5, 8, 0, 10, -1, 0.5, -7, 0.5));
    }
}

package org.hearthnet.ledger.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.function.Supplier;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.consensus.ForgottenLock;
import org.hearthnet.ledger.consensus.Timings;
import org.hearthnet.ledger.journal.Disk;
import org.hearthnet.ledger.member.Member;
import org.hearthnet.ledger.member.TestMember;
import org.junit.jupiter.api.Test;

/** A simulator that finds nothing proves nothing: each error here must be found, and soon. */
class PlantedErrorsTest {
    /** Seeds within which an error must be found. */
    private static final long BOUND = 60;

    /** Runs seeds until something is violated; all members have the error. */
    private static void assertFound(String symptom, Supplier<Seams> planted) {
        for (long seed = 0; seed < BOUND; seed++) {
            SimResult result = ConsensusSim.run(seed, planted.get());
            if (!result.violations().isEmpty()) {
                System.out.println("found with " + result);
                assertTrue(
                        result.violations().getFirst().matches(".*(" + symptom + ").*"),
                        "another symptom than " + symptom + ": " + result);
                assertTrue(ConsensusSim.run(seed).isGood(), "without the error seed " + seed + " is good");
                return;
            }
        }
        fail("not found within " + BOUND + " seeds");
    }

    @Test
    void aJournalThatIsNotForced() {
        assertFound("casts .* after|makes two blocks", () -> new Seams() {
            @Override
            public Disk disk(SimDisk disk) {
                return new UnforcedDisk(disk);
            }
        });
    }

    @Test
    void aQuorumThatIsTooSmall() {
        assertFound("two final blocks", SmallQuorum::new);
    }

    @Test
    void aForgottenLock() {
        assertFound("two final blocks", () -> new Seams() {
            @Override
            public Member member(NodeId self, Timings timings, Member.Scheme scheme, Member.Ports ports) {
                return TestMember.of(
                        self, timings, scheme, ports, ForgottenLock.simplex(self, timings, scheme.own()::sign));
            }
        });
    }
}

package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.ReferenceKernel;
import org.hearthnet.inference.tensor.Group;
import org.hearthnet.inference.tensor.GroupException;
import org.hearthnet.inference.tensor.GroupLink;
import org.hearthnet.inference.tensor.MemoryGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in one member of a group ends the step in all of them, and only that. */
@Timeout(300)
class TensorGroupFailureTest {
    private static final int MEMBERS = 2;

    @TempDir
    private Path directory = Path.of("");

    private GgufFile model() throws IOException {
        Path path = directory.resolve("model.gguf");
        RandomModel.tiny(WeightFormat.Q8_0).write(path, 31);
        return GgufFile.open(path);
    }

    private static StageExecutor share(GgufFile file, Kernel kernel, GroupLink link) throws IOException {
        return StageExecutor.loadShare(
                file, ModelConfig.of(file).all(), kernel, new Group(link), GroupDirector.NONE, done -> {});
    }

    /** A kernel that finds poison in one of its gates; others of the group never see a bad value themselves. */
    private static Kernel poisonedAt(Kernel kernel, int gate) {
        int[] calls = {0};
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("gated") && calls[0]++ == gate) {
                        throw new PoisonException("a value that only one member has");
                    }
                    try {
                        return method.invoke(kernel, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    @Test
    void poisonInOneMemberEndsTheStepInAll() throws Exception {
        try (GgufFile file = model()) {
            int[] tokens = Runs.tokens(7, RandomModel.VOCABULARY, new Random(1));
            List<float[]> logits = TensorGroupTest.together(MEMBERS, link -> {
                // In a layer in the middle, and in the last: there the others have nothing more to wait for.
                try (Kernel kernel = new ReferenceKernel();
                        Kernel mine = link.self() == 1 ? poisonedAt(poisonedAt(kernel, 1), 3) : kernel) {
                    StageExecutor share = share(file, mine, link);
                    assertThrows(PoisonException.class, () -> Runs.atOnce(share, tokens));
                    assertThrows(PoisonException.class, () -> Runs.atOnce(share, tokens));
                    return Runs.atOnce(share, tokens);
                }
            });
            try (Kernel kernel = new ReferenceKernel()) {
                assertArrayEquals(Runs.atOnce(Runs.whole(file, kernel), tokens), logits.getFirst());
            }
        }
    }

    @Test
    void withoutMemoryInOneMemberNobodyRuns() throws Exception {
        try (GgufFile file = model()) {
            int[] tokens = Runs.tokens(5, RandomModel.VOCABULARY, new Random(2));
            List<float[]> logits = TensorGroupTest.together(MEMBERS, link -> {
                try (Kernel kernel = new ReferenceKernel()) {
                    StageExecutor share = share(file, kernel, link);
                    var nothing = new KvBudget(link.self() == 1 ? 1 : 1 << 30);
                    var input = new StageInput.Tokens(tokens);
                    try (SequenceState sequence = share.newSequence(tokens.length, nothing)) {
                        assertThrows(
                                KvExhaustedException.class,
                                () -> share.forward(new Step(sequence, input, LogitsWanted.ALL)));
                        assertEquals(0, sequence.length());
                        assertEquals(0, sequence.bytes());
                    }
                    return Runs.atOnce(share, tokens);
                }
            });
            try (Kernel kernel = new ReferenceKernel()) {
                assertArrayEquals(Runs.atOnce(Runs.whole(file, kernel), tokens), logits.getFirst());
            }
        }
    }

    @Test
    void aLostMemberIsNamed() throws Exception {
        try (GgufFile file = model()) {
            int[] tokens = Runs.tokens(5, RandomModel.VOCABULARY, new Random(3));
            var group = new MemoryGroup(MEMBERS);
            group.hangUp(1);
            List<GroupException> seen = TensorGroupTest.together(group, 1, link -> {
                try (Kernel kernel = new ReferenceKernel()) {
                    StageExecutor share = share(file, kernel, link);
                    return assertThrows(GroupException.class, () -> Runs.atOnce(share, tokens));
                }
            });
            assertEquals(GroupException.Kind.LOST, seen.getFirst().kind());
            assertEquals(1, seen.getFirst().member());
        }
    }

    @Test
    void aMemberThatDoesNotKeepStepIsNamed() throws Exception {
        try (GgufFile file = model()) {
            var group = new MemoryGroup(MEMBERS);
            List<GroupException> seen = TensorGroupTest.together(group, MEMBERS, link -> {
                try (Kernel kernel = new ReferenceKernel()) {
                    StageExecutor share = share(file, kernel, link);
                    int[] tokens = Runs.tokens(5 + link.self(), RandomModel.VOCABULARY, new Random(4));
                    return assertThrows(GroupException.class, () -> Runs.atOnce(share, tokens));
                }
            });
            for (int m = 0; m < MEMBERS; m++) {
                assertTrue(seen.get(m).kind() != GroupException.Kind.LOST, seen::toString);
                assertEquals(1 - m, seen.get(m).member());
            }
        }
    }
}

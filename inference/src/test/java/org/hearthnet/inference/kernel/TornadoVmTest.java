package org.hearthnet.inference.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TornadoVmTest {
    private static final Kernel KERNEL = new ReferenceKernel();

    @TempDir
    private Path home;

    private final Map<String, String> properties = new HashMap<>();

    /** A back end with one device, which opens. */
    private static final class BackEnd implements KernelProvider {
        @Override
        public String name() {
            return "tornado";
        }

        @Override
        public List<Device> devices() {
            return List.of(new Device("card", "1", Kind.GPU, State.UNTESTED, ""));
        }

        @Override
        public Kernel open(int number, int threads) {
            return KERNEL;
        }
    }

    private TornadoVm with(Map<String, String> environment, Optional<KernelProvider> backEnd) {
        return new TornadoVm(environment, properties::get, () -> backEnd);
    }

    private Map<String, String> atHome() {
        return Map.of("TORNADOVM_HOME", home.toString());
    }

    private void started() {
        properties.put("tornado.load.runtime.implementation", "a class");
        for (String argument : TornadoFlags.arguments()) {
            String[] parts = argument.substring(2).split("=", 2);
            properties.put(parts[0], parts[1]);
        }
    }

    private static void closed(TornadoVm found, KernelProvider.State state, String why) {
        KernelProvider.Device device = found.devices().getFirst();
        assertEquals(state, device.state());
        assertTrue(device.note().contains(why), device::note);
        var refusal = assertThrows(IllegalArgumentException.class, () -> found.open(0, 1));
        assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal::toString);
    }

    @Test
    void itIsAbsentWithoutTheSdk() {
        closed(with(Map.of(), Optional.empty()), KernelProvider.State.ABSENT, "TORNADOVM_HOME is not set");
        String missing = home.resolve("missing").toString();
        closed(with(Map.of("TORNADOVM_HOME", missing), Optional.empty()), KernelProvider.State.ABSENT, missing);
    }

    @Test
    void whatIsMissingIsSaidInTurn() {
        closed(with(atHome(), Optional.empty()), KernelProvider.State.REFUSED, "build again");
        closed(with(atHome(), Optional.of(new BackEnd())), KernelProvider.State.REFUSED, home + "/tornado-argfile -D");
        properties.put("tornado.load.runtime.implementation", "a class");
        closed(
                with(Map.of(), Optional.of(new BackEnd())),
                KernelProvider.State.REFUSED,
                String.join(" ", TornadoFlags.arguments()));
    }

    @Test
    void itOpensWhenAllIsThereButIsNeverFaster() {
        started();
        TornadoVm found = with(atHome(), Optional.of(new BackEnd()));
        assertEquals(new BackEnd().devices(), found.devices());
        assertSame(KERNEL, found.open(0, 1));
        assertThrows(IllegalArgumentException.class, () -> found.open(1, 1));
        assertFalse(found.mayBeFaster());
    }

    @ParameterizedTest
    @CsvSource({
        "tornado.recover.bailout, true",
        "tornado.enable.nativeFunctions, TRUE",
        "tornado.enable.mathOptimizations, true",
        "tornado.enable.fastMathOptimizations, true",
        "tornado.enable.fma, false",
        "tornado.opencl.compiler.flags, -w -cl-fast-relaxed-math",
        "tornado.opencl.compiler.flags, -CL-MAD-ENABLE",
        "tornado.opencl.compiler.flags, -cl-denorms-are-zero -w",
    })
    void oneWrongPropertyIsEnoughToRefuse(String name, String value) {
        started();
        properties.put(name, value);
        closed(with(atHome(), Optional.of(new BackEnd())), KernelProvider.State.REFUSED, "-D" + name + "=");
        properties.remove(name);
        closed(with(atHome(), Optional.of(new BackEnd())), KernelProvider.State.REFUSED, "-D" + name + "=");
    }

    @Test
    void aRuntimeThatDoesNotStartIsRefused() {
        started();
        KernelProvider broken = new KernelProvider() {
            @Override
            public String name() {
                return "tornado";
            }

            @Override
            public List<Device> devices() {
                throw new ExceptionInInitializerError("no driver");
            }

            @Override
            public Kernel open(int number, int threads) {
                throw new AssertionError();
            }
        };
        closed(with(atHome(), Optional.of(broken)), KernelProvider.State.REFUSED, "no driver");
    }

    @Test
    void theNameIsKnownAndTheReasonGiven() {
        assertTrue(Kernels.names().contains("tornado"));
        Kernels.Found here = Kernels.all().stream()
                .filter(found -> found.provider().name().equals("tornado"))
                .findFirst()
                .orElseThrow();
        if (!here.device().state().opens()) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> Kernels.choose("tornado", 1));
            assertTrue(
                    String.valueOf(refusal.getMessage()).contains(here.device().note()), refusal::toString);
        }
    }
}

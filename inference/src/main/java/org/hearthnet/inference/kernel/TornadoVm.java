package org.hearthnet.inference.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The way to the back end of TornadoVM, which is compiled only where its SDK is. Says what is missing: the SDK, the back
 * end in this build, the SDK's arguments to the JVM, or those that make it exact. Nothing of TornadoVM is loaded before all of
 * that is there. It is never chosen unasked.
 */
final class TornadoVm implements KernelProvider {
    /** Set by the SDK's own setup. */
    private static final String HOME = "TORNADOVM_HOME";

    /** Set by the arguments that the SDK starts a JVM with. */
    private static final String RUNTIME = "tornado.load.runtime.implementation";

    /** Compiled from {@code src/tornado/java}. */
    private static final String BACK_END = "org.hearthnet.inference.tornado.TornadoProvider";

    private static final String HELP = "; docs/engine.md says how";

    private final Map<String, String> environment;
    private final UnaryOperator<@Nullable String> properties;
    private final Supplier<Optional<KernelProvider>> backEnd;

    TornadoVm(
            Map<String, String> environment,
            UnaryOperator<@Nullable String> properties,
            Supplier<Optional<KernelProvider>> backEnd) {
        this.environment = environment;
        this.properties = properties;
        this.backEnd = backEnd;
    }

    /** That of this JVM. */
    static KernelProvider here() {
        return new TornadoVm(System.getenv(), System::getProperty, TornadoVm::load);
    }

    private static Optional<KernelProvider> load() {
        try {
            return Optional.of((KernelProvider)
                    Class.forName(BACK_END).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return "tornado";
    }

    /** It may be, but nobody has it on record. */
    @Override
    public boolean mayBeFaster() {
        return false;
    }

    @Override
    public List<Device> devices() {
        String home = environment.getOrDefault(HOME, "");
        boolean running = properties.apply(RUNTIME) != null;
        if (!running && (home.isEmpty() || !Files.isDirectory(Path.of(home)))) {
            String why = home.isEmpty() ? HOME + " is not set" : HOME + " is " + home + ", which is no directory";
            return List.of(new Device("-", "", Kind.GPU, State.ABSENT, "no TornadoVM found: " + why));
        }
        Optional<KernelProvider> provider = backEnd.get();
        if (provider.isEmpty()) {
            return refused("this build has no kernel for it: build again with " + HOME + " set" + HELP);
        }
        if (!running) {
            return refused("start the JVM with @" + home + "/tornado-argfile "
                    + String.join(" ", TornadoFlags.arguments()) + HELP);
        }
        return TornadoFlags.refusal(properties).map(TornadoVm::refused).orElseGet(() -> devices(provider.get()));
    }

    private static List<Device> devices(KernelProvider provider) {
        try {
            List<Device> devices = provider.devices();
            return devices.isEmpty() ? refused("it has no device") : devices;
        } catch (RuntimeException | Error e) {
            // A runtime that cannot start throws whatever it likes, and must not hide the other back ends.
            return refused("it does not start: " + e);
        }
    }

    private static List<Device> refused(String why) {
        return List.of(new Device("TornadoVM", "", Kind.GPU, State.REFUSED, why));
    }

    @Override
    public Kernel open(int number, int threads) {
        List<Device> devices = devices();
        if (number < 0 || number >= devices.size()) {
            throw new IllegalArgumentException(
                    "TornadoVM has " + devices.size() + " devices, counted from 0, not number " + number);
        }
        Device device = devices.get(number);
        if (!device.state().opens()) {
            throw new IllegalArgumentException("TornadoVM: " + device.note());
        }
        return backEnd.get().orElseThrow().open(number, threads);
    }
}

package org.hearthnet.inference.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says that TornadoVM is on this machine, and that nothing computes with it: no kernel for it has ever been run, so none is
 * here. Where it is not on the machine, nobody hears of it.
 */
record TornadoVm(String where) implements KernelProvider {
    /** Set by the SDK's own setup. */
    private static final String HOME = "TORNADOVM_HOME";

    /** Set by the arguments that the SDK starts a JVM with. */
    private static final String RUNTIME = "tornado.load.runtime.implementation";

    private static final String REFUSAL =
            "found, but there is no kernel for it: none has been run and shown to give the"
                    + " network's bits; its OpenCL devices may serve as opencl";

    /** TornadoVM, if this JVM or the environment knows of it. */
    static Optional<TornadoVm> find() {
        return find(System.getenv(), Optional.ofNullable(System.getProperty(RUNTIME)));
    }

    /** The same for an environment and the property of the JVM. */
    static Optional<TornadoVm> find(Map<String, String> environment, Optional<String> runtime) {
        String home = environment.getOrDefault(HOME, "");
        if (!home.isEmpty() && Files.isDirectory(Path.of(home))) {
            return Optional.of(new TornadoVm(home));
        }
        return runtime.map(implementation -> new TornadoVm("in this JVM"));
    }

    @Override
    public String name() {
        return "tornado";
    }

    @Override
    public boolean mayBeFaster() {
        return false;
    }

    @Override
    public List<Device> devices() {
        return List.of(new Device("TornadoVM " + where, "", Kind.GPU, State.UNTESTED, REFUSAL));
    }

    @Override
    public Kernel open(int number, int threads) {
        throw new IllegalArgumentException("TornadoVM: " + REFUSAL);
    }
}

package org.hearthnet.inference.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KernelProvider;
import org.hearthnet.inference.kernel.SelfCheck;

/** Uses every driver and its compiler, and tells whose signal handlers the kernel calls before and after. */
final class SignalChainingMain {
    /** SIGILL, SIGBUS, SIGFPE, SIGSEGV: what the JVM handles. */
    private static final int[] SIGNALS = {4, 7, 8, 11};

    private static final int SIGNAL_SET_BYTES = 8;

    private SignalChainingMain() {}

    public static void main(String[] arguments) throws Throwable {
        List<Long> before = handlers();
        List<KernelProvider.Device> devices = new OpenClProvider().devices();
        System.out.println(devices);
        for (int number = 0; number < devices.size(); number++) {
            if (devices.get(number).state() == KernelProvider.State.USABLE) {
                try (Kernel kernel = OpenClProvider.open(number, null)) {
                    System.out.println(kernel.name() + " fails in " + SelfCheck.run(kernel));
                }
            }
        }
        System.out.println("same handlers: " + before.equals(handlers()));
    }

    /** The handlers by the system call itself: libjsig answers {@code sigaction} with what the driver wants to see. */
    private static List<Long> handlers() throws Throwable {
        long number = System.getProperty("os.arch", "").equals("aarch64") ? 134 : 13; // rt_sigaction
        Linker linker = Linker.nativeLinker();
        MethodHandle call = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        List<Long> out = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment action = arena.allocate(64, 8);
            for (int signal : SIGNALS) {
                long result = (long)
                        call.invokeExact(number, (long) signal, MemorySegment.NULL, action, (long) SIGNAL_SET_BYTES);
                if (result != 0) {
                    throw new IllegalStateException("rt_sigaction says " + result);
                }
                out.add(action.get(ValueLayout.JAVA_LONG, 0));
            }
        }
        return out;
    }
}

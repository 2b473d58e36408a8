package org.hearthnet.inference.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The system properties without which TornadoVM gives other bits than the network's, or wrong results without a word. It
 * reads them once, when its classes load, so they are asked for before it is touched. Names and defaults are those of
 * {@code TornadoOptions} in TornadoVM 5.2.
 */
final class TornadoFlags {
    /** Compile OpenCL without its default of relaxed mathematics; {@code -w} only silences warnings. */
    private static final Flag COMPILER = new Flag("tornado.opencl.compiler.flags", "-w");

    /** What must be as it stands here. */
    private static final List<Flag> EXACT = List.of(
            // Else a kernel that does not compile runs as Java, where all work-items are number 0.
            new Flag("tornado.recover.bailout", "false"),
            new Flag("tornado.enable.nativeFunctions", "false"),
            new Flag("tornado.enable.mathOptimizations", "false"),
            new Flag("tornado.enable.fastMathOptimizations", "false"),
            // Kernels have no other way to say fma than a * b + c.
            new Flag("tornado.enable.fma", "true"));

    /** Options of OpenCL compilers (section 5.8.4.2 of OpenCL 1.2) that admit other roundings or flush subnormals. */
    private static final List<String> RELAXED = List.of(
            "-cl-mad-enable",
            "-cl-fast-relaxed-math",
            "-cl-unsafe-math-optimizations",
            "-cl-finite-math-only",
            "-cl-denorms-are-zero",
            "-cl-single-precision-constant",
            "-cl-no-signed-zeros");

    private record Flag(String name, String value) {
        String argument() {
            return "-D" + name + "=" + value;
        }
    }

    private TornadoFlags() {}

    /** All of them as arguments of a JVM. */
    static List<String> arguments() {
        var all = new ArrayList<String>(List.of(COMPILER.argument()));
        EXACT.forEach(flag -> all.add(flag.argument()));
        return all;
    }

    /**
     * Why TornadoVM must not compute in a JVM with these properties, with the arguments that are missing.
     *
     * @param properties yields the value of a property, or null
     */
    static Optional<String> refusal(UnaryOperator<@org.jspecify.annotations.Nullable String> properties) {
        var missing = new ArrayList<String>();
        if (!admitted(properties.apply(COMPILER.name()))) {
            missing.add(COMPILER.argument());
        }
        for (Flag flag : EXACT) {
            // As TornadoVM reads them: anything but "true" is false.
            String value = properties.apply(flag.name());
            if (value == null || Boolean.parseBoolean(value) != Boolean.parseBoolean(flag.value())) {
                missing.add(flag.argument());
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("it would not give the network's bits; start the JVM with " + String.join(" ", missing));
    }

    private static boolean admitted(@org.jspecify.annotations.Nullable String options) {
        if (options == null) {
            return false;
        }
        String lower = options.toLowerCase(Locale.ROOT);
        return RELAXED.stream().noneMatch(lower::contains);
    }
}

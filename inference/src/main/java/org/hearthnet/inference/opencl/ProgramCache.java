package org.hearthnet.inference.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Compiles kernels when they are first asked for. */
final class ProgramCache {
    /** Rounding as IEEE 754 has it; nothing that would allow anything else. */
    private static final String OPTIONS = "-cl-std=CL1.2 -cl-fp32-correctly-rounded-divide-sqrt ";

    private static final int BUILD_LOG = 0x1183;

    private final OpenClLibrary library;
    private final MemorySegment context;
    private final MemorySegment device;
    private final KernelLayout layout;
    private final Map<String, MemorySegment> programs = new HashMap<>();
    private final Map<KernelName, MemorySegment> kernels = new HashMap<>();

    ProgramCache(OpenClLibrary library, MemorySegment context, MemorySegment device, KernelLayout layout) {
        this.library = library;
        this.context = context;
        this.device = device;
        this.layout = layout;
    }

    /**
     * The handle of a kernel.
     *
     * @throws OpenClException if it does not compile, with what the compiler says
     */
    MemorySegment kernel(KernelName name) {
        return kernels.computeIfAbsent(name, this::create);
    }

    private MemorySegment create(KernelName name) {
        MemorySegment program = programs.computeIfAbsent(
                name.file() + name.definitions(), key -> build(name.file(), name.definitions()));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment function = arena.allocateFrom(name.function());
            return OpenClLibrary.create("clCreateKernel " + name.function(), status ->
                    (MemorySegment) library.createKernel.invokeExact(program, function, status));
        }
    }

    private MemorySegment build(String file, String definitions) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(ADDRESS);
            source.set(ADDRESS, 0, arena.allocateFrom(source("common") + source(file)));
            MemorySegment program = OpenClLibrary.create("clCreateProgramWithSource", status ->
                    (MemorySegment) library.createProgram.invokeExact(context, 1, source, MemorySegment.NULL, status));
            MemorySegment devices = arena.allocate(ADDRESS);
            devices.set(ADDRESS, 0, device);
            MemorySegment options = arena.allocateFrom(OPTIONS + layout.definitions() + " " + definitions);
            int status = OpenClLibrary.status(() -> (int) library.buildProgram.invokeExact(
                    program, 1, devices, options, MemorySegment.NULL, MemorySegment.NULL));
            if (status != 0) {
                String log = log(program);
                OpenClLibrary.status(() -> (int) library.releaseProgram.invokeExact(program));
                throw new OpenClException("the device's compiler refuses " + file + ".cl: " + log);
            }
            return program;
        }
    }

    private static String source(String file) {
        try (InputStream in = ProgramCache.class.getResourceAsStream(file + ".cl")) {
            if (in == null) {
                throw new IllegalStateException("no kernel source " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String log(MemorySegment program) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment need = arena.allocate(JAVA_LONG);
            MemorySegment text = arena.allocate(1 << 16);
            int status = OpenClLibrary.status(() ->
                    (int) library.getBuildInfo.invokeExact(program, device, BUILD_LOG, text.byteSize(), text, need));
            long length = Math.min(need.get(JAVA_LONG, 0), text.byteSize());
            String log = new String(text.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
            return status == 0 ? log.replace("\0", "").strip() : "(its log is too long to read)";
        }
    }

    void close() {
        kernels.values().forEach(kernel -> OpenClLibrary.status(() -> (int) library.releaseKernel.invokeExact(kernel)));
        programs.values()
                .forEach(program -> OpenClLibrary.status(() -> (int) library.releaseProgram.invokeExact(program)));
    }
}

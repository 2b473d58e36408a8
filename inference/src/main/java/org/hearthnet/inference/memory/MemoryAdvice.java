package org.hearthnet.inference.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Linux's {@code madvise}; elsewhere, or where it fails, nothing happens. */
public final class MemoryAdvice {
    private static final int DONT_NEED = 4;
    private static final int HUGE_PAGE = 14;

    /** The smallest page of the systems that Linux runs on with JDK 25; larger pages make the kernel refuse the advice. */
    private static final long PAGE = 4096;

    private static final Optional<MethodHandle> MADVISE = madvise();

    private MemoryAdvice() {}

    private static Optional<MethodHandle> madvise() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("madvise")
                .map(address -> linker.downcallHandle(
                        address,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT)));
    }

    /** Asks for pages of 2 MiB behind {@code segment}, which has not been written to yet. */
    public static void hugePages(MemorySegment segment) {
        advise(segment, HUGE_PAGE);
    }

    /**
     * Says that {@code mapped}, a part of a file that is mapped for reading, is not needed for now: its pages leave the
     * process and come from the file, usually from the page cache, when they are read again.
     */
    public static void notNeeded(MemorySegment mapped) {
        if (!mapped.isMapped() || !mapped.isReadOnly()) {
            throw new IllegalArgumentException("only a file's read-only mapping comes back as it was");
        }
        advise(mapped, DONT_NEED);
    }

    private static void advise(MemorySegment segment, int advice) {
        // Only whole pages: the first and the last may hold parts of something else.
        long start = (segment.address() + PAGE - 1) / PAGE * PAGE;
        long end = (segment.address() + segment.byteSize()) / PAGE * PAGE;
        if (MADVISE.isEmpty() || end <= start) {
            return;
        }
        try {
            int unused = (int) MADVISE.get()
                    .invokeExact(segment.asSlice(start - segment.address(), end - start), end - start, advice);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}

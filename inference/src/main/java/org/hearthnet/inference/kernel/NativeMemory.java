package org.hearthnet.inference.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.hearthnet.inference.memory.MemoryAdvice;

/**
 * Memory for weights from the C library. The JDK's own native segments count against {@code -XX:MaxDirectMemorySize},
 * which follows the heap's size, and cannot ask for huge pages; with pages of 4 KiB reading weights is a third slower.
 */
public final class NativeMemory {
    private static final long HUGE_PAGE = 1L << 21;

    private static final MethodHandle MALLOC = function(
                    "malloc", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG))
            .orElseThrow();
    private static final MethodHandle FREE =
            function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS)).orElseThrow();

    private NativeMemory() {}

    private static Optional<MethodHandle> function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find(name).map(address -> linker.downcallHandle(address, type));
    }

    /**
     * Memory of {@code bytes} bytes that lives as long as {@code arena}; its content is undefined.
     *
     * @throws OutOfMemoryError if the system has none
     */
    public static MemorySegment allocate(long bytes, Arena arena) {
        try {
            long alignment = bytes < 2 * HUGE_PAGE ? 64 : HUGE_PAGE;
            MemorySegment block = (MemorySegment) MALLOC.invokeExact(bytes + alignment);
            if (block.address() == 0) {
                throw new OutOfMemoryError("no memory for " + bytes + " bytes of weights");
            }
            long start = (block.address() + alignment - 1) / alignment * alignment;
            MemorySegment aligned = MemorySegment.ofAddress(start).reinterpret(bytes, arena, ignored -> free(block));
            if (alignment == HUGE_PAGE) {
                MemoryAdvice.hugePages(aligned);
            }
            return aligned;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static void free(MemorySegment block) {
        try {
            FREE.invokeExact(block);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}

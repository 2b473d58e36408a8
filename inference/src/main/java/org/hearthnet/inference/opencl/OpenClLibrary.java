package org.hearthnet.inference.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * The functions of the system's OpenCL library that are used here, as in the OpenCL 1.2 specification. Handles are
 * addresses; {@code size_t} is 64 bits.
 */
final class OpenClLibrary {
    private static final List<String> NAMES = List.of(
            "libOpenCL.so.1", "libOpenCL.so", "OpenCL.dll", "/System/Library/Frameworks/OpenCL.framework/OpenCL");

    private static final class Holder {
        static final Optional<OpenClLibrary> LIBRARY = load();
    }

    final MethodHandle getPlatformIds;
    final MethodHandle getPlatformInfo;
    final MethodHandle getDeviceIds;
    final MethodHandle getDeviceInfo;
    final MethodHandle createContext;
    final MethodHandle createCommandQueue;
    final MethodHandle createBuffer;
    final MethodHandle createProgram;
    final MethodHandle buildProgram;
    final MethodHandle getBuildInfo;
    final MethodHandle createKernel;
    final MethodHandle setKernelArg;
    final MethodHandle enqueueKernel;
    final MethodHandle enqueueWrite;
    final MethodHandle enqueueRead;
    final MethodHandle enqueueReadRect;
    final MethodHandle enqueueFill;
    final MethodHandle finish;
    final MethodHandle releaseContext;
    final MethodHandle releaseQueue;
    final MethodHandle releaseBuffer;
    final MethodHandle releaseProgram;
    final MethodHandle releaseKernel;

    private OpenClLibrary(SymbolLookup symbols) {
        var info = new MemoryLayout[] {ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS};
        var transfer = new MemoryLayout[] {
            ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS, ADDRESS
        };
        getPlatformIds = status(symbols, "clGetPlatformIDs", JAVA_INT, ADDRESS, ADDRESS);
        getPlatformInfo = status(symbols, "clGetPlatformInfo", info);
        getDeviceIds = status(symbols, "clGetDeviceIDs", ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
        getDeviceInfo = status(symbols, "clGetDeviceInfo", info);
        createContext = handle(symbols, "clCreateContext", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        createCommandQueue = handle(symbols, "clCreateCommandQueue", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
        createBuffer = handle(symbols, "clCreateBuffer", ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS);
        createProgram = handle(symbols, "clCreateProgramWithSource", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
        buildProgram = status(symbols, "clBuildProgram", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        getBuildInfo =
                status(symbols, "clGetProgramBuildInfo", ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);
        createKernel = handle(symbols, "clCreateKernel", ADDRESS, ADDRESS, ADDRESS);
        setKernelArg = status(symbols, "clSetKernelArg", ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS);
        enqueueKernel = status(
                symbols,
                "clEnqueueNDRangeKernel",
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                ADDRESS);
        enqueueWrite = status(symbols, "clEnqueueWriteBuffer", transfer);
        enqueueRead = status(symbols, "clEnqueueReadBuffer", transfer);
        enqueueReadRect = status(
                symbols,
                "clEnqueueReadBufferRect",
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                ADDRESS,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_LONG,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                ADDRESS);
        enqueueFill = status(
                symbols,
                "clEnqueueFillBuffer",
                ADDRESS,
                ADDRESS,
                ADDRESS,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_INT,
                ADDRESS,
                ADDRESS);
        finish = status(symbols, "clFinish", ADDRESS);
        releaseContext = status(symbols, "clReleaseContext", ADDRESS);
        releaseQueue = status(symbols, "clReleaseCommandQueue", ADDRESS);
        releaseBuffer = status(symbols, "clReleaseMemObject", ADDRESS);
        releaseProgram = status(symbols, "clReleaseProgram", ADDRESS);
        releaseKernel = status(symbols, "clReleaseKernel", ADDRESS);
    }

    /** The library, if this machine has one of version 1.2 or later. */
    static Optional<OpenClLibrary> find() {
        return Holder.LIBRARY;
    }

    private static Optional<OpenClLibrary> load() {
        if (ADDRESS.byteSize() != Long.BYTES) {
            return Optional.empty();
        }
        for (String name : NAMES) {
            try {
                return Optional.of(new OpenClLibrary(SymbolLookup.libraryLookup(name, Arena.global())));
            } catch (IllegalArgumentException e) {
                // Not under this name, or older than 1.2.
            }
        }
        return Optional.empty();
    }

    private static MethodHandle status(SymbolLookup symbols, String name, MemoryLayout... arguments) {
        return function(symbols, name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle handle(SymbolLookup symbols, String name, MemoryLayout... arguments) {
        return function(symbols, name, FunctionDescriptor.of(ADDRESS, arguments));
    }

    private static MethodHandle function(SymbolLookup symbols, String name, FunctionDescriptor type) {
        MemorySegment address =
                symbols.find(name).orElseThrow(() -> new IllegalArgumentException("no function " + name));
        return Linker.nativeLinker().downcallHandle(address, type);
    }

    /** A call that yields a status. */
    @FunctionalInterface
    interface StatusCall {
        /** The status. */
        int run() throws Throwable;
    }

    /** Runs a call and throws if it reports an error. */
    static void check(String function, StatusCall call) {
        int status = status(call);
        if (status != 0) {
            throw new OpenClException(function, status);
        }
    }

    /** Runs a call. */
    static int status(StatusCall call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** A call that yields a handle and puts a status where it is told. */
    @FunctionalInterface
    interface HandleCall {
        /** The handle. */
        MemorySegment run(MemorySegment status) throws Throwable;
    }

    /** Runs a call and throws if it reports an error. */
    static MemorySegment create(String function, HandleCall call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            MemorySegment handle = call.run(status);
            if (status.get(JAVA_INT, 0) != 0) {
                throw new OpenClException(function, status.get(JAVA_INT, 0));
            }
            return handle;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}

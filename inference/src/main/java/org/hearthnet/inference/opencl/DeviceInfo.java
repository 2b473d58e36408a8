package org.hearthnet.inference.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks platforms and devices what they are. */
final class DeviceInfo {
    private static final long ALL_TYPES = 0xFFFFFFFFL;
    private static final int NO_PLATFORM = -1001;
    private static final int NO_DEVICE = -1;
    private static final int PLATFORM_NAME = 0x0902;
    private static final int TYPE = 0x1000;
    private static final int COMPUTE_UNITS = 0x1002;
    private static final int MAX_WORK_GROUP = 0x1004;
    private static final int MAX_ALLOCATION = 0x1010;
    private static final int SINGLE_FP_CONFIG = 0x101B;
    private static final int GLOBAL_MEMORY = 0x101F;
    private static final int LOCAL_MEMORY = 0x1023;
    private static final int LITTLE_ENDIAN = 0x1026;
    private static final int AVAILABLE = 0x1027;
    private static final int COMPILER = 0x1028;
    private static final int NAME = 0x102B;
    private static final int DRIVER = 0x102D;
    private static final int PROFILE = 0x102E;
    private static final int VERSION = 0x102F;
    private static final int C_VERSION = 0x103D;

    private final OpenClLibrary library;

    DeviceInfo(OpenClLibrary library) {
        this.library = library;
    }

    /** All devices of all platforms, in the library's order. */
    List<OpenClDevice> devices() {
        var devices = new ArrayList<OpenClDevice>();
        for (MemorySegment platform : list(
                NO_PLATFORM, (count, into, found) -> (int) library.getPlatformIds.invokeExact(count, into, found))) {
            String name = text(new String(
                    bytes((size, into, need) ->
                            (int) library.getPlatformInfo.invokeExact(platform, PLATFORM_NAME, size, into, need)),
                    StandardCharsets.UTF_8));
            for (MemorySegment id : list(NO_DEVICE, (count, into, found) ->
                    (int) library.getDeviceIds.invokeExact(platform, ALL_TYPES, count, into, found))) {
                devices.add(device(devices.size(), name, id));
            }
        }
        return devices;
    }

    private OpenClDevice device(int index, String platform, MemorySegment id) {
        return new OpenClDevice(
                index,
                id,
                platform,
                string(id, NAME),
                string(id, VERSION),
                string(id, C_VERSION),
                string(id, DRIVER),
                OpenClDevice.Type.of(number(id, TYPE)),
                (int) number(id, COMPUTE_UNITS),
                number(id, GLOBAL_MEMORY),
                number(id, MAX_ALLOCATION),
                number(id, LOCAL_MEMORY),
                number(id, MAX_WORK_GROUP),
                number(id, SINGLE_FP_CONFIG),
                number(id, LITTLE_ENDIAN) != 0
                        && number(id, AVAILABLE) != 0
                        && number(id, COMPILER) != 0
                        && string(id, PROFILE).equals("FULL_PROFILE"));
    }

    @FunctionalInterface
    private interface ListCall {
        int run(int count, MemorySegment into, MemorySegment found) throws Throwable;
    }

    private static List<MemorySegment> list(int noneStatus, ListCall call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(JAVA_INT);
            int status = OpenClLibrary.status(() -> call.run(0, MemorySegment.NULL, found));
            int count = found.get(JAVA_INT, 0);
            if (status == noneStatus || (status == 0 && count == 0)) {
                return List.of();
            }
            if (status != 0) {
                throw new OpenClException("listing", status);
            }
            MemorySegment handles = arena.allocate(ADDRESS, count);
            OpenClLibrary.check("listing", () -> call.run(count, handles, MemorySegment.NULL));
            var out = new ArrayList<MemorySegment>();
            for (int i = 0; i < count; i++) {
                out.add(handles.getAtIndex(ADDRESS, i));
            }
            return out;
        }
    }

    @FunctionalInterface
    private interface InfoCall {
        int run(long size, MemorySegment into, MemorySegment need) throws Throwable;
    }

    private static byte[] bytes(InfoCall call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment need = arena.allocate(JAVA_LONG);
            OpenClLibrary.check("asking a device", () -> call.run(0, MemorySegment.NULL, need));
            long size = Math.min(need.get(JAVA_LONG, 0), 1 << 16);
            MemorySegment into = arena.allocate(Math.max(1, size));
            OpenClLibrary.check("asking a device", () -> call.run(size, into, MemorySegment.NULL));
            return into.asSlice(0, size).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        }
    }

    private byte[] bytes(MemorySegment device, int what) {
        return bytes((size, into, need) -> (int) library.getDeviceInfo.invokeExact(device, what, size, into, need));
    }

    private String string(MemorySegment device, int what) {
        return text(new String(bytes(device, what), StandardCharsets.UTF_8));
    }

    /** Without the final zero. */
    private static String text(String raw) {
        int end = raw.indexOf('\0');
        return (end < 0 ? raw : raw.substring(0, end)).strip();
    }

    private long number(MemorySegment device, int what) {
        byte[] bytes = bytes(device, what);
        long value = 0;
        for (int i = Math.min(8, bytes.length) - 1; i >= 0; i--) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }
}

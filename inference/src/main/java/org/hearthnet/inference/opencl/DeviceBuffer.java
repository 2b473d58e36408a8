package org.hearthnet.inference.opencl;

import java.lang.foreign.MemorySegment;

/** Memory of a device. */
record DeviceBuffer(MemorySegment handle, long bytes) {}

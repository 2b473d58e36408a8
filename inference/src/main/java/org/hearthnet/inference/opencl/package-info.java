/**
 * The kernel for OpenCL 1.2 devices: weights and caches stay on the device, operations are queued behind one another, and
 * the host waits once a step. The library is looked for at run time; a machine without it has no such device. Kernel
 * sources are the {@code .cl} files beside this package's classes. May depend on {@code inference.kernel}, {@code
 * inference.gguf} and {@code genesis.arithmetic}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.opencl;

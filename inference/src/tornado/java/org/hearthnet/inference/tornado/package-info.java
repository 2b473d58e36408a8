/**
 * The kernel for TornadoVM, which compiles Java methods for devices. Compiled only where its SDK is (Maven profile
 * {@code tornado}), and reached only through {@code inference.kernel.TornadoVm}, which sees to the arguments that make it
 * exact. May depend on {@code inference.kernel}, {@code inference.gguf}, {@code genesis.arithmetic} and the SDK's API.
 *
 * <p>What runs on the device are products with matrices, whose weights stay there. Everything else stays on the host: norms,
 * rotation, attention and caches, sums and the gate are computed by the host's kernel, because each would cost a transfer
 * both ways and TornadoVM fuses any product with a sum that follows it, where the arithmetic asks for two roundings.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.tornado;

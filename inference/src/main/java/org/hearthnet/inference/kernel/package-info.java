/**
 * The operations of a model as fast code, behind one interface: the scalar reference built on {@code
 * genesis.arithmetic}, and the Vector API. Every kernel gives the same bits; the conformance tests and {@link
 * org.hearthnet.inference.kernel.SelfCheck} hold them to it. May depend on {@code genesis.arithmetic} and {@code
 * inference.gguf}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.kernel;

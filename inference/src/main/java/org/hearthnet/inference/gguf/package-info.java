/**
 * GGUF model files (versions 2 and 3), memory mapped and checked: every count, length, offset and dimension of a file
 * is verified before anything is allocated from it. Writing is provided for generated models. May depend on the JDK,
 * {@code inference.memory} and {@code genesis.arithmetic}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.gguf;

/**
 * Tokenizers built from GGUF metadata. Text in, token ids out and back, with bounded input and streaming output. May
 * depend on {@code inference.gguf}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.token;

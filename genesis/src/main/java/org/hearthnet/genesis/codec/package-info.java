/**
 * The one canonical binary encoding. Everything that is hashed, signed, stored or sent goes through it.
 *
 * <p>A value has exactly one encoding: {@link org.hearthnet.genesis.codec.Codec#decode} refuses every byte string that
 * {@link org.hearthnet.genesis.codec.Codec#encode} would not have produced, and checks every length against its declared
 * {@link org.hearthnet.genesis.codec.Limit} before it allocates. May depend on {@code primitive} only.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.genesis.codec;

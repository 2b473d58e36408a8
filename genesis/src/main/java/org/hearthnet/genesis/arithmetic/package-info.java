/**
 * The canonical arithmetic, version 1: the pure scalar definition of every operation of a model, one operation at a
 * time. The ledger recomputes single operations with it to settle disputes, and every kernel is tested against it bit
 * for bit. The prose specification is {@code docs/arithmetic.md}.
 *
 * <p>May depend on nothing but the JDK. All values are IEEE 754 binary32 unless said otherwise, rounded to nearest
 * even; subnormals are kept; {@code fma} is the fused operation with one rounding.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.genesis.arithmetic;

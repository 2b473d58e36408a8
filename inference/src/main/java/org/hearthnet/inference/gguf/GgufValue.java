package org.hearthnet.inference.gguf;

import java.util.List;

/** A metadata value. */
public sealed interface GgufValue {
    /** Whether it is the number 0 or false. */
    default boolean isZero() {
        return switch (this) {
            case Integral v -> v.value == 0;
            case Real v -> v.value == 0;
            case Bool v -> !v.value;
            case Text v -> false;
            case Texts v -> false;
            case Integrals v -> false;
            case Reals v -> false;
        };
    }

    /** Any of the integer types; u64 values above 2^63-1 are refused when read. */
    record Integral(long value) implements GgufValue {}

    /** f32 or f64. */
    record Real(double value) implements GgufValue {}

    /** bool. */
    record Bool(boolean value) implements GgufValue {}

    /** A UTF-8 string. */
    record Text(String value) implements GgufValue {}

    /** An array of strings. */
    record Texts(List<String> values) implements GgufValue {
        /** Copies the list. */
        public Texts {
            values = List.copyOf(values);
        }
    }

    /** An array of any integer type or of bool (0 or 1); the array must not be written to. */
    @SuppressWarnings("ArrayRecordComponent")
    record Integrals(long[] values) implements GgufValue {}

    /** An array of f32 or f64; the array must not be written to. */
    @SuppressWarnings("ArrayRecordComponent")
    record Reals(double[] values) implements GgufValue {}
}

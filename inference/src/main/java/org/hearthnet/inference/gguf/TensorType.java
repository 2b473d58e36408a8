package org.hearthnet.inference.gguf;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The element types the engine can run; numbers as in ggml. */
public enum TensorType {
    /** IEEE 754 binary32. */
    F32(0, 1, 4),
    /** IEEE 754 binary16. */
    F16(1, 1, 2),
    /** Blocks of 32 int8 with one binary16 scale in front. */
    Q8_0(8, 32, 34);

    private final int number;
    private final int blockElements;
    private final int blockBytes;

    TensorType(int number, int blockElements, int blockBytes) {
        this.number = number;
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /** The number in the file. */
    public int number() {
        return number;
    }

    /** Elements in one block; columns are a multiple of it. */
    public int blockElements() {
        return blockElements;
    }

    /** Bytes of one block. */
    public int blockBytes() {
        return blockBytes;
    }

    /** Bytes of a row of {@code columns} elements. */
    public long rowBytes(long columns) {
        return columns / blockElements * blockBytes;
    }

    /** The type with a number, null if the engine does not run it. */
    static @Nullable TensorType of(int number) {
        for (TensorType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }

    /** A name for people, also of types that are not supported. */
    static String describe(int number) {
        String[] names = {
            "F32", "F16", "Q4_0", "Q4_1", "type 4", "type 5", "Q5_0", "Q5_1", "Q8_0", "Q8_1", "Q2_K", "Q3_K", "Q4_K",
            "Q5_K", "Q6_K", "Q8_K", "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS", "I8",
            "I16", "I32", "I64", "F64", "IQ1_M", "BF16"
        };
        return number >= 0 && number < names.length
                ? names[number]
                : String.format(Locale.ROOT, "type %d", number & 0xFFFFFFFFL);
    }
}

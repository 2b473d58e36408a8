package org.hearthnet.genesis.arithmetic;

import java.util.Optional;

/**
 * How the weights of a tensor are stored (specification section 7). Names, numbers and bytes are those of GGUF; see
 * {@code ggml-common.h} of the ggml project for the layouts.
 */
public enum WeightFormat {
    /** IEEE 754 binary32. */
    F32(0, 1, 4),
    /** IEEE 754 binary16. */
    F16(1, 1, 2),
    /** The upper half of binary32. */
    BF16(30, 1, 2),
    /** Blocks of 32 int8 with one binary16 scale in front. */
    Q8_0(8, 32, 34),
    /** Blocks of 32 4-bit numbers from -8 with one binary16 scale in front. */
    Q4_0(2, 32, 18),
    /** Super-blocks of 256 4-bit numbers: each 32 have a 6-bit scale and a 6-bit minimum. */
    Q4_K(12, 256, 144),
    /** Super-blocks of 256 5-bit numbers: each 32 have a 6-bit scale and a 6-bit minimum. */
    Q5_K(13, 256, 176),
    /** Super-blocks of 256 6-bit numbers from -32: each 16 have an int8 scale. */
    Q6_K(14, 256, 210);

    private final int number;
    private final int blockElements;
    private final int blockBytes;

    WeightFormat(int number, int blockElements, int blockBytes) {
        this.number = number;
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /** The number of the type in a GGUF file. */
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

    /** Whether weights are integers with scales, and so meet quantised activations. */
    public boolean isQuantized() {
        return blockElements > 1;
    }

    /** Whether blocks have a minimum beside their scale. */
    public boolean hasMinimum() {
        return this == Q4_K || this == Q5_K;
    }

    /** Whether rows can have {@code columns} elements. */
    public boolean fits(long columns) {
        return columns > 0 && columns % blockElements == 0;
    }

    /** Bytes of a row of {@code columns} elements. */
    public long rowBytes(long columns) {
        return columns / blockElements * blockBytes;
    }

    /** The format with a number of GGUF, if the arithmetic has it. */
    public static Optional<WeightFormat> numbered(int number) {
        for (WeightFormat format : values()) {
            if (format.number == number) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The format with a name, if the arithmetic has it. */
    public static Optional<WeightFormat> named(String name) {
        for (WeightFormat format : values()) {
            if (format.name().equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}

package org.hearthnet.inference.gguf;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/** Names of ggml's tensor types for messages, also of those that are not supported. */
final class GgmlTypes {
    private static final String[] NAMES = {
        "F32", "F16", "Q4_0", "Q4_1", "type 4", "type 5", "Q5_0", "Q5_1", "Q8_0", "Q8_1", "Q2_K", "Q3_K", "Q4_K",
        "Q5_K", "Q6_K", "Q8_K", "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS", "I8",
        "I16", "I32", "I64", "F64", "IQ1_M", "BF16"
    };

    private GgmlTypes() {}

    static String describe(int number) {
        return number >= 0 && number < NAMES.length
                ? NAMES[number]
                : String.format(Locale.ROOT, "type %d", number & 0xFFFFFFFFL);
    }

    static String supported() {
        return Arrays.stream(WeightFormat.values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}

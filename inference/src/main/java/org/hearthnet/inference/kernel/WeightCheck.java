package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;

/** Refuses infinities and NaN in weights when a model is loaded or described, so that kernels need not look for them. */
public final class WeightCheck {
    private WeightCheck() {}

    /**
     * Checks one row's bytes, which are as in the file.
     *
     * @throws GgufException if the row contains an infinity or NaN, as a weight or as the scale of a block
     */
    public static void check(GgufTensor tensor, int row, byte[] bytes) throws GgufException {
        boolean sound = switch (tensor.type()) {
            case F32 -> floatsFinite(bytes);
            case BF16 -> upperHalvesFinite(bytes);
            case F16, Q8_0, Q4_0 -> halvesFinite(bytes, 0, tensor.type().blockBytes());
            case Q4_K, Q5_K ->
                halvesFinite(bytes, 0, tensor.type().blockBytes())
                        && halvesFinite(bytes, 2, tensor.type().blockBytes());
            case Q6_K -> halvesFinite(bytes, 208, tensor.type().blockBytes());
        };
        if (!sound) {
            throw new GgufException(tensor.name(), "row " + row, -1, "contains an infinity or NaN");
        }
    }

    private static boolean floatsFinite(byte[] bytes) {
        for (int i = 0; i < bytes.length; i += 4) {
            if ((bytes[i + 3] & 0x7F) == 0x7F && (bytes[i + 2] & 0x80) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean upperHalvesFinite(byte[] bytes) {
        for (int i = 0; i < bytes.length; i += 2) {
            if ((bytes[i + 1] & 0x7F) == 0x7F && (bytes[i] & 0x80) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean halvesFinite(byte[] bytes, int first, int stride) {
        for (int i = first; i < bytes.length; i += stride) {
            if (!Half.isFinite(Half.at(bytes, i))) {
                return false;
            }
        }
        return true;
    }
}

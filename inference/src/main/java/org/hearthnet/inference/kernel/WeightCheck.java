package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.MatrixRow;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;

/** Refuses infinities and NaN in weights when a model is loaded, so that kernels need not look for them. */
final class WeightCheck {
    private WeightCheck() {}

    /** Checks one row's bytes. */
    static void check(GgufTensor tensor, int row, byte[] bytes) throws GgufException {
        boolean sound = switch (tensor.type()) {
            case F32 -> floatsFinite(bytes);
            case F16 -> halvesFinite(bytes, 2);
            case Q8_0 -> halvesFinite(bytes, MatrixRow.Q8_BLOCK_BYTES);
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

    private static boolean halvesFinite(byte[] bytes, int stride) {
        for (int i = 0; i < bytes.length; i += stride) {
            if (!Half.isFinite(Half.at(bytes, i))) {
                return false;
            }
        }
        return true;
    }
}

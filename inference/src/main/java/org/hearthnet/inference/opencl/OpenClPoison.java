package org.hearthnet.inference.opencl;

/** The numbers of {@code common.cl} for the operations that met poison. */
final class OpenClPoison {
    private OpenClPoison() {}

    static String describe(int code) {
        String what = switch (code) {
            case 1 -> "activation";
            case 2 -> "matrix row";
            case 3 -> "norm";
            case 4 -> "rotated element";
            case 5 -> "cached key or value";
            case 6 -> "attention score";
            case 7 -> "attention mix";
            case 8 -> "gated activation";
            case 9 -> "sum";
            default -> "result";
        };
        return what + " is NaN, infinite or too large";
    }
}

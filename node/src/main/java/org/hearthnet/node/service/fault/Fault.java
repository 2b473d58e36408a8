package org.hearthnet.node.service.fault;

/**
 * What an executor does wrong.
 *
 * @param kind what
 * @param share at which share of places, over 0 and at most 1
 */
public record Fault(Kind kind, double share) {
    /** Kinds of faults. */
    public enum Kind {
        /** Passes a layer's input on as its output. */
        SKIP_LAYER("skip-layer"),
        /** Inverts one bit of the residual stream after a layer, as bad memory does. */
        FLIP_BIT("flip-bit"),
        /** As last stage, sends another token than the one drawn. */
        WRONG_TOKEN("wrong-token"),
        /** Does not serve its inputs to a verifier. */
        NO_SERVE("no-serve");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As people write it. */
        public String text() {
            return text;
        }
    }

    /** Checks the range. */
    public Fault {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share lies over 0 and is at most 1, not " + share);
        }
    }

    /**
     * Reads {@code KIND:SHARE}, such as {@code skip-layer:0.05}.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Fault parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        for (Kind kind : Kind.values()) {
            if (kind.text.equals(name) && colon > 0) {
                return new Fault(kind, share(text.substring(colon + 1)));
            }
        }
        throw new IllegalArgumentException(
                "a fault is skip-layer:P, flip-bit:P, wrong-token:P or no-serve:P with a share"
                        + " P between 0 and 1, not " + text);
    }

    private static double share(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a share is a number, not " + text, e);
        }
    }

    @Override
    public String toString() {
        return kind.text + ":" + share;
    }
}

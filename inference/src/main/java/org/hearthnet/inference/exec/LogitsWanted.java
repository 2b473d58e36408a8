package org.hearthnet.inference.exec;

/** For which positions of a step the last stage computes logits. */
public enum LogitsWanted {
    /** None: a prompt that goes on. */
    NONE,
    /** The last one: decoding. */
    LAST,
    /** All: verification and measuring perplexity. */
    ALL
}

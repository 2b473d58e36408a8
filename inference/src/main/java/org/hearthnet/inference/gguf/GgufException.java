package org.hearthnet.inference.gguf;

import java.io.IOException;

/** A file that is not a sound GGUF file; the message names the file, the field and the byte offset. */
public final class GgufException extends IOException {
    private static final long serialVersionUID = 1L;

    /** An error about {@code field} at {@code offset}, -1 if it has no place in the file. */
    public GgufException(String file, String field, long offset, String problem) {
        super(file + ": " + field + (offset < 0 ? "" : " at byte " + offset) + ": " + problem);
    }
}

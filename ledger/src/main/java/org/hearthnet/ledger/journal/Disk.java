package org.hearthnet.ledger.journal;

import java.io.IOException;
import java.util.Optional;

/**
 * What the journal asks of a directory. Nothing is safe from a loss of power before it is forced: bytes by {@link #force},
 * names by {@link #forceNames}.
 */
public interface Disk {
    /** All bytes of a file; nothing if there is none. */
    Optional<byte[]> read(String name) throws IOException;

    /** Adds bytes to the end of a file, which is made if there is none. */
    void append(String name, byte[] bytes) throws IOException;

    /** Cuts a file off after {@code length} bytes; makes an empty one if there is none. */
    void truncate(String name, long length) throws IOException;

    /** When this returns, the file's bytes survive a loss of power. */
    void force(String name) throws IOException;

    /** Gives {@code from} the name {@code to}, in place of what had it: in one instant or not at all. */
    void replace(String from, String to) throws IOException;

    /** When this returns, the names of files survive a loss of power. */
    void forceNames() throws IOException;
}

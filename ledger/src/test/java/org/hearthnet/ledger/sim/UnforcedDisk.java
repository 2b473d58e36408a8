package org.hearthnet.ledger.sim;

import java.io.IOException;
import java.util.Optional;
import org.hearthnet.ledger.journal.Disk;

/** Planted error: the journal's promises are written, but not forced. */
final class UnforcedDisk implements Disk {
    private static final String PROMISES = "promises";

    private final Disk disk;

    UnforcedDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public void force(String name) throws IOException {
        if (!name.equals(PROMISES)) {
            disk.force(name);
        }
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        return disk.read(name);
    }

    @Override
    public void append(String name, byte[] bytes) throws IOException {
        disk.append(name, bytes);
    }

    @Override
    public void truncate(String name, long length) throws IOException {
        disk.truncate(name, length);
    }

    @Override
    public void replace(String from, String to) throws IOException {
        disk.replace(from, to);
    }

    @Override
    public void forceNames() throws IOException {
        disk.forceNames();
    }
}

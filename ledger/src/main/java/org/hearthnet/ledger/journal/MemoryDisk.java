package org.hearthnet.ledger.journal;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A directory that ends with its process: for nodes that have no seat to lose, and for tests. */
public final class MemoryDisk implements Disk {
    private final ConcurrentHashMap<String, byte[]> files = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.get(name)).map(byte[]::clone);
    }

    @Override
    public void append(String name, byte[] bytes) {
        files.merge(name, bytes.clone(), (before, more) -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(before);
            out.writeBytes(more);
            return out.toByteArray();
        });
    }

    @Override
    public void truncate(String name, long length) {
        files.merge(name, new byte[0], (before, none) -> Arrays.copyOf(before, (int) length));
    }

    @Override
    public void force(String name) {}

    @Override
    public void replace(String from, String to) {
        files.put(to, java.util.Objects.requireNonNull(files.remove(from)));
    }

    @Override
    public void forceNames() {}
}

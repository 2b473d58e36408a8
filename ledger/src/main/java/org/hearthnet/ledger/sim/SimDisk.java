package org.hearthnet.ledger.sim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthnet.ledger.journal.Disk;

/**
 * A disk that forgets what was not forced. A loss of power keeps of a file what was forced and perhaps a part of what was
 * added since, the last bytes of it perhaps wrong; of names that were changed since, the first few changes.
 */
final class SimDisk implements Disk {
    private static final class File {
        byte[] bytes = new byte[0];
        byte[] forced = new byte[0];
    }

    /** How often each write may be the last one before the power is gone. */
    private double lossRate;

    private final Dice dice;
    private TreeMap<String, File> names = new TreeMap<>();
    private final java.util.ArrayList<Map<String, File>> steps = new java.util.ArrayList<>();

    SimDisk(Dice dice) {
        this.dice = dice;
        steps.add(new HashMap<>());
    }

    void setLossRate(double rate) {
        lossRate = rate;
    }

    private void risk() {
        if (dice.chance(lossRate)) {
            throw new PowerLoss();
        }
    }

    private File file(String name) {
        File file = names.get(name);
        if (file == null) {
            file = new File();
            names.put(name, file);
            steps.add(new HashMap<>(names));
        }
        return file;
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(names.get(name)).map(file -> file.bytes.clone());
    }

    @Override
    public void append(String name, byte[] bytes) {
        File file = file(name);
        int old = file.bytes.length;
        file.bytes = Arrays.copyOf(file.bytes, old + bytes.length);
        System.arraycopy(bytes, 0, file.bytes, old, bytes.length);
        risk();
    }

    @Override
    public void truncate(String name, long length) {
        File file = file(name);
        file.bytes = Arrays.copyOf(file.bytes, (int) Math.min(length, file.bytes.length));
        risk();
    }

    @Override
    public void force(String name) {
        risk();
        File file = file(name);
        file.forced = file.bytes;
        risk();
    }

    @Override
    public void replace(String from, String to) {
        risk();
        File file = java.util.Objects.requireNonNull(names.remove(from));
        names.put(to, file);
        steps.add(new HashMap<>(names));
        risk();
    }

    @Override
    public void forceNames() {
        risk();
        steps.clear();
        steps.add(new HashMap<>(names));
        risk();
    }

    /** The power goes. */
    void crash() {
        names = new TreeMap<>(steps.get(dice.below(steps.size())));
        steps.clear();
        steps.add(new HashMap<>(names));
        for (File file : names.values()) {
            file.bytes = survivor(file);
            file.forced = file.bytes;
        }
    }

    private byte[] survivor(File file) {
        int common = Arrays.mismatch(file.forced, file.bytes);
        if (common < 0 || common < file.forced.length) {
            // Nothing pending, or a cut that may have happened or not.
            return dice.chance(0.5) ? file.forced : file.bytes;
        }
        int kept = (int) dice.between(file.forced.length, file.bytes.length);
        byte[] out = Arrays.copyOf(file.bytes, kept);
        if (kept > file.forced.length && dice.chance(0.3)) {
            int from = (int) dice.between(file.forced.length, kept - 1L);
            Arrays.fill(out, from, kept, (byte) 0); // the length was written, the bytes were not
        }
        return out;
    }
}

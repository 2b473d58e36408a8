package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.inference.exec.Split.Part;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;

/** Batch buffers of a stage, [rows][what is computed here] each, grown to the largest pass so far and reused. */
final class Workspace {
    private final Split split;
    private final Kernel kernel;
    private final List<DeviceArray> all = new ArrayList<>();
    private int rows;
    DeviceArray x;
    DeviceArray normed;
    DeviceArray queries;
    DeviceArray keys;
    DeviceArray values;
    DeviceArray mix;
    DeviceArray projected;
    DeviceArray gate;
    DeviceArray up;

    @SuppressWarnings("NullAway.Init") // allocateAll sets them
    Workspace(Split split, Kernel kernel) {
        this.split = split;
        this.kernel = kernel;
        allocateAll(1);
    }

    /** Makes room for {@code count} rows; what the buffers held is gone if they grow. */
    void require(int count) {
        if (count > rows) {
            all.forEach(DeviceArray::close);
            all.clear();
            rows = 0;
            allocateAll(count);
        }
    }

    private void allocateAll(int count) {
        x = allocate(count, Part.HIDDEN);
        normed = allocate(count, Part.HIDDEN);
        projected = allocate(count, Part.HIDDEN);
        queries = allocate(count, Part.QUERIES);
        mix = allocate(count, Part.QUERIES);
        keys = allocate(count, Part.KEYS);
        values = allocate(count, Part.KEYS);
        gate = allocate(count, Part.FEED_FORWARD);
        up = allocate(count, Part.FEED_FORWARD);
        rows = count;
    }

    private DeviceArray allocate(int count, Part part) {
        int width = split.slice(part).size();
        DeviceArray array = kernel.allocate(Math.multiplyExact(count, width));
        all.add(array);
        return array;
    }
}

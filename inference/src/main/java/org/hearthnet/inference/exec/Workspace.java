package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;

/** Batch buffers of a stage, [rows][width] each, grown to the largest pass so far and reused. */
final class Workspace {
    private final ModelConfig config;
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
    Workspace(ModelConfig config, Kernel kernel) {
        this.config = config;
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
        x = allocate(count, config.hidden());
        normed = allocate(count, config.hidden());
        projected = allocate(count, config.hidden());
        queries = allocate(count, config.attention().queryWidth());
        mix = allocate(count, config.attention().queryWidth());
        keys = allocate(count, config.attention().kvWidth());
        values = allocate(count, config.attention().kvWidth());
        gate = allocate(count, config.feedForward());
        up = allocate(count, config.feedForward());
        rows = count;
    }

    private DeviceArray allocate(int count, int width) {
        DeviceArray array = kernel.allocate(Math.multiplyExact(count, width));
        all.add(array);
        return array;
    }
}

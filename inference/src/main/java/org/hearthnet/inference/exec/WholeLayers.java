package org.hearthnet.inference.exec;

import java.util.Optional;
import org.hearthnet.inference.kernel.Activations;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.hearthnet.inference.tensor.Slice;

/** Everything is computed here. */
record WholeLayers(ModelConfig config, Kernel kernel) implements Split {
    @Override
    public AttentionShape attention() {
        return config.attention();
    }

    @Override
    public Slice slice(Part part) {
        return new Slice(0, part.width(config));
    }

    @Override
    public boolean observesLayers() {
        return true;
    }

    @Override
    public void begin() {}

    @Override
    public void agree() {}

    @Override
    public void fail(RuntimeException error) {}

    @Override
    public Activations norm(
            DeviceArray x, int rows, DeviceArray weight, DeviceArray scratch, PreparedMatrix... readers) {
        kernel.rmsNorm(x, rows, config.hidden(), weight, config.epsilon(), scratch);
        return kernel.activations(scratch, rows, config.hidden());
    }

    @Override
    public Activations whole(Part part, DeviceArray values, int rows, PreparedMatrix reader) {
        return kernel.activations(values, rows, part.width(config));
    }

    @Override
    public Optional<DeviceArray> complete(Part part, DeviceArray values, int rows) {
        return Optional.of(values);
    }
}

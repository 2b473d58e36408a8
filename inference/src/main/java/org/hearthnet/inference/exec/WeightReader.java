package org.hearthnet.inference.exec;

import java.util.Arrays;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.exec.Split.Part;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.hearthnet.inference.tensor.Slice;
import org.jspecify.annotations.Nullable;

/** Reads the weights that are needed for what is computed here into the memory of a kernel. */
record WeightReader(GgufFile file, ModelConfig config, Kernel kernel, Split split) {
    /** The rows of a matrix [width of {@code out}][width of {@code in}] that are computed here. */
    PreparedMatrix matrix(String name, Part out, Part in) throws GgufException {
        return matrix(file.tensor(name, out.width(config), in.width(config)), out);
    }

    /** The rows of {@code tensor} that are computed here. It is not needed twice, so the file's pages are let go. */
    PreparedMatrix matrix(GgufTensor tensor, Part out) throws GgufException {
        Slice slice = split.slice(out);
        GgufTensor part = slice.size() == tensor.rows() ? tensor : tensor.rows(slice.from(), slice.to());
        PreparedMatrix matrix = kernel.prepare(part);
        tensor.release();
        return matrix;
    }

    /** The elements of a norm or a bias for what is computed here. */
    DeviceArray vector(String name, Part part) throws GgufException {
        float[] whole = floats(file, name, part.width(config));
        Slice slice = split.slice(part);
        return kernel.allocate(
                slice.size() == whole.length ? whole : Arrays.copyOfRange(whole, slice.from(), slice.to()));
    }

    /** As {@link #vector}, where the file has it. */
    @Nullable
    DeviceArray optional(String name, Part part) throws GgufException {
        return file.find(name).isPresent() ? vector(name, part) : null;
    }

    /** All elements of a vector. */
    DeviceArray wholeVector(String name, int length) throws GgufException {
        return kernel.allocate(floats(file, name, length));
    }

    /** The weights of a norm, a bias, or factors: always F32. */
    static float[] floats(GgufFile file, String name, int length) throws GgufException {
        GgufTensor tensor = file.tensor(name, 1, length);
        if (tensor.type() != WeightFormat.F32) {
            throw new GgufException(file.name(), name, -1, "must be F32, is " + tensor.type());
        }
        float[] values = tensor.floats();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new GgufException(file.name(), name, -1, "contains an infinity or NaN");
            }
        }
        return values;
    }
}

package org.hearthnet.inference.exec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.LaneSum;
import org.hearthnet.genesis.arithmetic.RmsNorm;
import org.hearthnet.inference.kernel.Activations;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.hearthnet.inference.tensor.Group;
import org.hearthnet.inference.tensor.Pieces;
import org.hearthnet.inference.tensor.Share;
import org.hearthnet.inference.tensor.Slice;
import org.jspecify.annotations.Nullable;

/**
 * One member's share. Each sum over a whole vector has one order, whoever holds its parts: the sixteen partial sums of a norm
 * pass through the members in turn; products have a row each and their vector complete.
 */
final class SharedLayers implements Split {
    private final ModelConfig config;
    private final Kernel kernel;
    private final Group group;
    private final List<Share> shares;
    private final Share own;
    private @Nullable DeviceArray complete;

    SharedLayers(ModelConfig config, Kernel kernel, Group group) {
        this.config = config;
        this.kernel = kernel;
        this.group = group;
        this.shares = Share.of(
                config.hidden(), config.attention(), config.feedForward(), config.vocabulary(), group.members());
        this.own = shares.get(group.self());
    }

    @Override
    public AttentionShape attention() {
        return own.attention(config.attention());
    }

    @Override
    public Slice slice(Part part) {
        return slice(part, own);
    }

    private Slice slice(Part part, Share share) {
        int headDim = config.attention().headDim();
        return switch (part) {
            case HIDDEN -> share.hidden();
            case QUERIES -> share.heads().times(headDim);
            case KEYS -> share.kvHeads().times(headDim);
            case FEED_FORWARD -> share.feedForward();
            case VOCABULARY -> share.vocabulary();
        };
    }

    @Override
    public boolean observesLayers() {
        return false;
    }

    @Override
    public void begin() {
        group.begin();
    }

    @Override
    public void agree() {
        group.agree();
    }

    @Override
    public void fail(RuntimeException error) {
        group.fail(error);
    }

    @Override
    public Activations norm(
            DeviceArray x, int rows, DeviceArray weight, DeviceArray scratch, PreparedMatrix... readers) {
        int width = own.hidden().size();
        float[] values = x.read(rows * width);
        float[] factors = factors(values, rows, width);
        float[] weights = weight.read(width);
        for (int i = 0; i < values.length; i++) {
            values[i] = RmsNorm.element(values[i], factors[i / width], weights[i % width]);
        }
        return everywhere(Part.HIDDEN, values, rows, readers);
    }

    /** The factor of each row: each member adds the squares of its elements to the sums of those before it. */
    private float[] factors(float[] values, int rows, int width) {
        int lanes = Arithmetic.LANES;
        byte[] sums = group.relay(rows * lanes * Float.BYTES, state -> {
            float[] partial = floats(state);
            for (int r = 0; r < rows; r++) {
                LaneSum.addSquares(partial, r * lanes, own.hidden().from(), values, r * width, width);
            }
            ByteBuffer.wrap(state)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(partial);
        });
        float[] partial = floats(sums);
        float[] factors = new float[rows];
        for (int r = 0; r < rows; r++) {
            float squares = LaneSum.fold(Arrays.copyOfRange(partial, r * lanes, (r + 1) * lanes));
            factors[r] = RmsNorm.factor(squares, config.hidden(), config.epsilon());
        }
        return factors;
    }

    private static float[] floats(byte[] bytes) {
        float[] out = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out);
        return out;
    }

    @Override
    public Activations whole(Part part, DeviceArray values, int rows, PreparedMatrix reader) {
        return everywhere(part, values.read(rows * slice(part).size()), rows, reader);
    }

    private Activations everywhere(Part part, float[] values, int rows, PreparedMatrix... readers) {
        boolean quantized =
                Arrays.stream(readers).allMatch(matrix -> matrix.type().isQuantized());
        Pieces form = quantized ? Pieces.QUANTISED : Pieces.PLAIN;
        byte[] piece = form.write(values, rows, slice(part).size());
        float[] all = joined(part, group.gather(piece, lengths(part, rows, form)), rows, form);
        return kernel.activations(here(all), rows, part.width(config));
    }

    @Override
    public Optional<DeviceArray> complete(Part part, DeviceArray values, int rows) {
        int own = slice(part).size();
        byte[] piece = Pieces.PLAIN.write(values.read(rows * own), rows, own);
        List<byte[]> pieces = group.collect(piece, lengths(part, rows, Pieces.PLAIN));
        return pieces.isEmpty() ? Optional.empty() : Optional.of(here(joined(part, pieces, rows, Pieces.PLAIN)));
    }

    private int[] lengths(Part part, int rows, Pieces form) {
        return shares.stream()
                .mapToInt(share -> form.bytes(rows, slice(part, share).size()))
                .toArray();
    }

    private float[] joined(Part part, List<byte[]> pieces, int rows, Pieces form) {
        int width = part.width(config);
        float[] out = new float[Math.multiplyExact(rows, width)];
        for (Share share : shares) {
            form.read(pieces.get(share.member()), out, rows, width, slice(part, share));
        }
        return out;
    }

    /** {@code values} in the kernel's memory, until the next ones come. */
    private DeviceArray here(float[] values) {
        DeviceArray known = complete;
        if (known == null || known.length() < values.length) {
            if (known != null) {
                known.close();
            }
            known = kernel.allocate(values.length);
            complete = known;
        }
        known.write(0, values, 0, values.length);
        return known;
    }
}

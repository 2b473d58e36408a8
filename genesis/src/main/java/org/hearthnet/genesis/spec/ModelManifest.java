package org.hearthnet.genesis.spec;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.RopeLayout;
import org.hearthnet.genesis.arithmetic.RopeParameters;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * What exactly a model is: shape, every weight down to single rows, tokenizer, arithmetic. Jobs and duties name its
 * {@link #id}, never the model's name.
 *
 * @param name for people
 * @param architecture as in GGUF, such as {@code llama}
 * @param arithmeticVersion version of the canonical arithmetic
 * @param shape the dimensions
 * @param tokenizer hash of the tokenizer's tables
 * @param tensors every tensor in order of name
 */
public record ModelManifest(
        @Limit(128) String name,
        @Limit(64) String architecture,
        int arithmeticVersion,
        Shape shape,
        Hash32 tokenizer,
        @Limit(ModelManifest.MAX_TENSORS) List<Tensor> tensors) {
    /** Most tensors of a model. */
    public static final int MAX_TENSORS = 1 << 14;

    /** The same model under another name: names are for people, but part of what is hashed. */
    public ModelManifest withName(String other) {
        return new ModelManifest(other, architecture, arithmeticVersion, shape, tokenizer, tensors);
    }

    /** Domain and encoding. */
    public static final Kind<ModelManifest> KIND = Kind.of("hearth/manifest/1", ModelManifest.class);

    /**
     * Dimensions and constants.
     *
     * @param layers number of layers
     * @param hidden width of the residual stream
     * @param heads query heads
     * @param kvHeads key and value heads
     * @param headSize width of a head
     * @param ffn width of the feed-forward layer
     * @param context longest sequence, at most {@link Arithmetic#MAX_POSITIONS}
     * @param vocabulary number of tokens
     * @param normEpsilon epsilon of RMSNorm
     * @param rope the rotary embedding
     * @param window positions that one attends to, itself included; 0 for all
     * @param headNorms whether every query and key head is normalised
     * @param endTokens the tokens that end an answer, in ascending order
     */
    public record Shape(
            int layers,
            int hidden,
            int heads,
            int kvHeads,
            int headSize,
            int ffn,
            int context,
            int vocabulary,
            float normEpsilon,
            Rotary rope,
            int window,
            boolean headNorms,
            @Limit(Shape.MAX_END_TOKENS) List<Integer> endTokens) {
        /** Most tokens that end an answer. */
        public static final int MAX_END_TOKENS = 16;

        /** Checks that the dimensions are positive and the heads divide. */
        public Shape {
            if (layers < 1
                    || hidden < 1
                    || heads < 1
                    || kvHeads < 1
                    || heads % kvHeads != 0
                    || headSize < 2
                    || ffn < 1
                    || context < 1
                    || context > Arithmetic.MAX_POSITIONS
                    || vocabulary < 1
                    || window < 0
                    || rope.dimensions() > headSize) {
                throw new IllegalArgumentException("not the shape of a model");
            }
            endTokens = List.copyOf(endTokens);
            for (int i = 0; i < endTokens.size(); i++) {
                int least = i == 0 ? 0 : endTokens.get(i - 1) + 1;
                if (endTokens.get(i) < least || endTokens.get(i) >= vocabulary) {
                    throw new IllegalArgumentException("end tokens must ascend within the vocabulary: " + endTokens);
                }
            }
        }

        /** A model with plain interleaved rotation of whole heads, without window and head norms. */
        public static Shape plain(
                int layers,
                int hidden,
                int heads,
                int kvHeads,
                int headSize,
                int ffn,
                int context,
                int vocabulary,
                float normEpsilon,
                float ropeBase,
                int endToken) {
            return new Shape(
                    layers,
                    hidden,
                    heads,
                    kvHeads,
                    headSize,
                    ffn,
                    context,
                    vocabulary,
                    normEpsilon,
                    Rotary.of(RopeParameters.plain(RopeLayout.INTERLEAVED, headSize, ropeBase)),
                    0,
                    false,
                    List.of(endToken));
        }

        /** Whether {@code token} ends an answer. */
        public boolean ends(int token) {
            return endTokens.contains(token);
        }
    }

    /**
     * {@link RopeParameters} in the manifest.
     *
     * @param factors divisors of the frequencies, empty for none
     */
    public record Rotary(
            RopeLayout layout,
            int dimensions,
            float base,
            float scale,
            @Limit(RopeParameters.MAX_DIMENSIONS / 2) List<Float> factors) {
        /** Checks that rotations can be made from it. */
        public Rotary {
            factors = new RopeParameters(layout, dimensions, base, scale, factors).factors();
        }

        /** From the arithmetic's form. */
        public static Rotary of(RopeParameters rope) {
            return new Rotary(rope.layout(), rope.dimensions(), rope.base(), rope.scale(), rope.factors());
        }

        /** In the arithmetic's form. */
        public RopeParameters parameters() {
            return new RopeParameters(layout, dimensions, base, scale, factors);
        }
    }

    /**
     * One tensor.
     *
     * @param name as in GGUF
     * @param type as in GGUF, such as {@code Q8_0}
     * @param rows number of rows; 1 for a vector
     * @param columns elements of a row
     * @param root Merkle root over its rows, see {@code genesis.proof.Commitments#weightRow}
     */
    public record Tensor(@Limit(128) String name, @Limit(16) String type, int rows, int columns, Hash32 root) {
        /** Checks the dimensions. */
        public Tensor {
            if (rows < 1 || columns < 1) {
                throw new IllegalArgumentException("tensor " + name + " of " + rows + " x " + columns);
            }
        }
    }

    /** The hash that names this model. */
    public Hash32 id() {
        return KIND.hash(this);
    }

    /** The tensor called {@code tensor}, if there is one. */
    public Optional<Tensor> tensor(String tensor) {
        return tensors.stream().filter(t -> t.name().equals(tensor)).findFirst();
    }
}

package org.hearthnet.genesis.proof;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.LayerSpan;

/** One move of a dispute. The executor shows, the challenger picks and in the end proves. */
public sealed interface DisputeMove {
    /** Domain and encoding. */
    Kind<DisputeMove> KIND = Kind.of("hearth/dispute-move/1", DisputeMove.class);

    /** When the move is due. */
    DisputePhase phase();

    /**
     * Opens a receipt.
     *
     * @param layers for every layer of the stage but its last the root over positions of {@link Commitments#layer}
     * @param last for every position the leaf of the stage's last layer
     * @param head of the last stage of the pipeline
     */
    @Tag(1)
    record ShowLayers(
            @Limit(LayerSpan.MAX_LAYERS) List<Hash32> layers,
            @Limit(DisputeLimits.MAX_POSITIONS) List<LastLayerLeaf> last,
            Optional<HeadOpening> head)
            implements DisputeMove {
        @Override
        public DisputePhase phase() {
            return DisputePhase.SHOW_LAYERS;
        }
    }

    /**
     * Names a layer.
     *
     * @param layer of the model, within the stage; the number of layers for the output head
     */
    @Tag(2)
    record PickLayer(int layer) implements DisputeMove {
        @Override
        public DisputePhase phase() {
            return DisputePhase.PICK_LAYER;
        }
    }

    /** Shows the leaves of the picked layer at all positions. */
    @Tag(3)
    record ShowPositions(@Limit(DisputeLimits.MAX_POSITIONS) List<LayerLeaf> leaves) implements DisputeMove {
        @Override
        public DisputePhase phase() {
            return DisputePhase.SHOW_POSITIONS;
        }
    }

    /** Names a position. */
    @Tag(4)
    record PickPosition(int position) implements DisputeMove {
        @Override
        public DisputePhase phase() {
            return DisputePhase.PICK_POSITION;
        }
    }

    /**
     * Shows the vector root of every operation there.
     *
     * @param input where the layer's input comes from
     * @param roots in the order of {@link OperationVectors#of}
     */
    @Tag(5)
    record ShowOperations(LayerInput input, @Limit(32) List<Hash32> roots) implements DisputeMove {
        @Override
        public DisputePhase phase() {
            return DisputePhase.SHOW_OPERATIONS;
        }
    }

    /** Names an operation. */
    @Tag(6)
    record PickOperation(OperationKind operation) implements DisputeMove {
        @Override
        public DisputePhase phase() {
            return DisputePhase.PICK_OPERATION;
        }
    }

    /** Shows the claimed result of the picked operation, little-endian. */
    @Tag(7)
    record ShowVector(@Limit(DisputeLimits.MAX_MOVE_BYTES) Bytes vector) implements DisputeMove {
        @Override
        public DisputePhase phase() {
            return DisputePhase.SHOW_VECTOR;
        }
    }

    /** Gives what one element of the claimed result is computed from. */
    @Tag(8)
    record Prove(OperationEvidence evidence) implements DisputeMove {
        @Override
        public DisputePhase phase() {
            return DisputePhase.PROVE;
        }
    }
}

package org.hearthnet.inference.manifest;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.WeightOpening;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufTensor;

/** Opens single rows of a file's weights to its manifest. Hashes the whole tensor each time: disputes are rare. */
public final class WeightRows {
    private final GgufFile file;

    /** Rows of {@code file}, which must stay open. */
    public WeightRows(GgufFile file) {
        this.file = file;
    }

    /**
     * Row {@code row} of {@code tensor} with its path to the tensor's root.
     *
     * @throws IllegalArgumentException if there is no such tensor
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public WeightOpening open(String tensor, int row) {
        GgufTensor found =
                file.find(tensor).orElseThrow(() -> new IllegalArgumentException(file.name() + " has no " + tensor));
        byte[] bytes = new byte[found.rowSize()];
        List<Hash32> leaves = new ArrayList<>(found.rows());
        for (int i = 0; i < found.rows(); i++) {
            found.copyRow(i, bytes);
            leaves.add(Commitments.weightRow(i, bytes));
        }
        return new WeightOpening(Bytes.owned(found.rowBytes(row)), MerkleTree.path(leaves, row));
    }
}

package org.hearthnet.node.pipeline.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.protocol.Assignment;

/**
 * The opening of an assignment's prompt commitment; goes to the first and the last stage only.
 *
 * @param salt keeps others from guessing the prompt by its hash
 * @param tokens token ids, 4 bytes little-endian each
 */
public record Prompt(
        Hash32 salt, @Limit(4 * Assignment.MAX_POSITIONS) Bytes tokens) {
    /** Checks that the tokens are whole. */
    public Prompt {
        if (tokens.length() % Integer.BYTES != 0) {
            throw new IllegalArgumentException("a token has 4 bytes");
        }
    }

    /** The opening of {@code tokens}. */
    public static Prompt of(Hash32 salt, int[] tokens) {
        ByteBuffer out = ByteBuffer.allocate(tokens.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.asIntBuffer().put(tokens);
        return new Prompt(salt, Bytes.owned(out.array()));
    }

    /** The token ids. */
    public int[] ids() {
        int[] out = new int[tokens.length() / Integer.BYTES];
        ByteBuffer.wrap(tokens.unsafeArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(out);
        return out;
    }

    /** Whether this opens {@code assignment}'s commitment and every token is below {@code vocabulary}. */
    public boolean fits(Assignment assignment, int vocabulary) {
        int[] ids = ids();
        if (ids.length != assignment.promptTokens()) {
            return false;
        }
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                return false;
            }
        }
        return Commitments.prompt(salt, ids).equals(assignment.promptCommitment());
    }
}

package org.hearthnet.genesis.proof;

import java.util.List;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * What the last stage of a pipeline committed to beyond its layers.
 *
 * @param salt of the prompt commitment in the assignment
 * @param tokens prompt and answer; {@link Commitments#outputTokens} says how many
 * @param logits root of the logits of each position that drew a token: from the prompt's last to the receipt's last
 */
public record HeadOpening(
        Hash32 salt,
        @Limit(DisputeLimits.MAX_POSITIONS + 1) List<ShownToken> tokens,
        @Limit(DisputeLimits.MAX_POSITIONS) List<Hash32> logits) {
    /** One token id. */
    public record ShownToken(int id) {}

    /** The token ids. */
    public int[] tokenIds() {
        return tokens.stream().mapToInt(ShownToken::id).toArray();
    }
}

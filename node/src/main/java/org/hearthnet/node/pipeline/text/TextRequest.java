package org.hearthnet.node.pipeline.text;

import java.util.List;
import java.util.Set;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.SamplerSettings;

/**
 * A job in text.
 *
 * @param prompt as it is, names of control tokens included; text of strangers as {@code Tokenizer.mark} gives it
 * @param maxTokens most tokens of the answer
 * @param sampler how tokens are drawn
 * @param maxPrice most sparks for one layer of one token
 * @param stages wanted number of stages; 0 for whatever is cheapest
 * @param preferred executors to use if they offer
 * @param stops texts that end the answer and are not part of it
 */
public record TextRequest(
        String prompt,
        int maxTokens,
        SamplerSettings sampler,
        long maxPrice,
        int stages,
        Set<NodeId> preferred,
        List<String> stops) {
    /** Copies the collections. */
    public TextRequest {
        preferred = Set.copyOf(preferred);
        stops = List.copyOf(stops);
        if (stops.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("an empty text stops everything");
        }
    }
}

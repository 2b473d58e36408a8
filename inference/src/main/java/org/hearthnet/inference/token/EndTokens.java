package org.hearthnet.inference.token;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufMetadata;

/**
 * The tokens that end an answer: end of text, of a turn, of a message by their keys, and control tokens with names that
 * are known to mean the same, since many files set only one key.
 */
public final class EndTokens {
    private static final List<String> KEYS = List.of("eos_token_id", "eot_token_id", "eom_token_id");
    private static final Set<String> NAMES =
            Set.of("<|eot_id|>", "<|eom_id|>", "<|im_end|>", "<|end|>", "<|endoftext|>", "<|end_of_text|>");

    private EndTokens() {}

    /**
     * Those of a file. Reads the names once, without the tables that a tokenizer needs.
     *
     * @param vocabulary number of tokens of the model
     */
    public static BitSet of(GgufMetadata metadata, int vocabulary) throws GgufException {
        var ends = new BitSet();
        for (String key : KEYS) {
            metadata.integer(Vocabulary.PREFIX + key, 0, vocabulary - 1).ifPresent(ends::set);
        }
        List<String> tokens = metadata.texts(Vocabulary.PREFIX + "tokens").orElse(List.of());
        long[] types = metadata.integrals(Vocabulary.PREFIX + "token_type").orElse(new long[0]);
        for (int id = 0; id < Math.min(tokens.size(), types.length); id++) {
            if (types[id] == Vocabulary.CONTROL && NAMES.contains(tokens.get(id))) {
                ends.set(id);
            }
        }
        return ends;
    }
}

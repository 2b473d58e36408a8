package org.hearthnet.inference.token;

import java.util.BitSet;
import java.util.List;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufMetadata;

/**
 * The tokens that end an answer: end of text, of a turn, of a message by their keys, and control tokens with names that
 * are known to mean the same, since many files set only one key.
 */
public final class EndTokens {
    private static final List<String> KEYS = List.of("eos_token_id", "eot_token_id", "eom_token_id");
    private static final List<String> NAMES =
            List.of("<|eot_id|>", "<|eom_id|>", "<|im_end|>", "<|end|>", "<|endoftext|>", "<|end_of_text|>");

    private EndTokens() {}

    /** Those of a file; none if it has no vocabulary. */
    public static BitSet of(GgufMetadata metadata) throws GgufException {
        return metadata.find(Vocabulary.PREFIX + "tokens").isPresent() ? of(new Vocabulary(metadata)) : new BitSet();
    }

    static BitSet of(Vocabulary vocabulary) throws GgufException {
        var ends = new BitSet();
        for (String key : KEYS) {
            vocabulary.role(key).ifPresent(ends::set);
        }
        for (String name : NAMES) {
            int id = vocabulary.id(name);
            if (id >= 0 && vocabulary.isControl(id)) {
                ends.set(id);
            }
        }
        return ends;
    }
}

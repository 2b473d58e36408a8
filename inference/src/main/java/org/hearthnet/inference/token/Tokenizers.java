package org.hearthnet.inference.token;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufMetadata;

/** Makes the tokenizer that a GGUF file describes. */
public final class Tokenizers {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final List<String> MORE_ENDS = List.of("<|eot_id|>", "<|im_end|>", "<|end|>", "<|endoftext|>");

    private final GgufMetadata metadata;
    private final List<String> vocabulary;
    private final Map<String, Integer> idOf = new HashMap<>();
    private final SpecialTokens special = new SpecialTokens();
    private final BitSet control = new BitSet();

    private Tokenizers(GgufMetadata metadata) throws GgufException {
        this.metadata = metadata;
        this.vocabulary = metadata.texts(PREFIX + "tokens")
                .orElseThrow(() -> metadata.error(PREFIX + "tokens", "the vocabulary is missing"));
    }

    /**
     * The tokenizer of a model.
     *
     * @throws GgufException if it is of a kind that is not supported, or inconsistent
     */
    public static Tokenizer of(GgufMetadata metadata) throws GgufException {
        String model = metadata.text(PREFIX + "model").orElse("(none)");
        if (!model.equals("gpt2")) {
            throw metadata.error(PREFIX + "model", "the tokenizer '" + model + "' is not supported (gpt2 is)");
        }
        String pre = metadata.text(PREFIX + "pre").orElse("(none)");
        if (!pre.equals("gpt-2")) {
            throw metadata.error(PREFIX + "pre", "the pre-tokenizer '" + pre + "' is not supported (gpt-2 is)");
        }
        return new Tokenizers(metadata).byteLevelBpe(new Gpt2PreTokenizer());
    }

    private Tokenizer byteLevelBpe(PreTokenizer preTokenizer) throws GgufException {
        for (int id = 0; id < vocabulary.size(); id++) {
            idOf.putIfAbsent(vocabulary.get(id), id);
        }
        readTypes();
        OptionalInt begin = tokenId("bos_token_id");
        return new ByteLevelBpe(new ByteLevelBpe.Parts(
                tokenBytes(),
                byteTokens(),
                merges(),
                preTokenizer,
                special,
                control,
                begin,
                metadata.bool(PREFIX + "add_bos_token").orElse(false),
                ends()));
    }

    private void readTypes() throws GgufException {
        long[] types = metadata.integrals(PREFIX + "token_type").orElse(new long[vocabulary.size()]);
        if (types.length != vocabulary.size()) {
            throw metadata.error(PREFIX + "token_type", "has " + types.length + " entries for " + vocabulary.size());
        }
        for (int id = 0; id < types.length; id++) {
            if (types[id] == CONTROL) {
                control.set(id);
            }
            if (types[id] == CONTROL || types[id] == USER_DEFINED) {
                special.add(vocabulary.get(id), id);
            }
        }
    }

    private byte[][] tokenBytes() {
        byte[][] out = new byte[vocabulary.size()][];
        for (int id = 0; id < out.length; id++) {
            byte[] mapped = ByteAlphabet.bytes(vocabulary.get(id));
            out[id] = mapped == null ? vocabulary.get(id).getBytes(StandardCharsets.UTF_8) : mapped;
        }
        return out;
    }

    private int[] byteTokens() throws GgufException {
        int[] out = new int[256];
        java.util.Arrays.fill(out, -1);
        for (int id = vocabulary.size() - 1; id >= 0; id--) {
            byte[] bytes = ByteAlphabet.bytes(vocabulary.get(id));
            if (bytes != null && bytes.length == 1) {
                out[bytes[0] & 0xFF] = id;
            }
        }
        for (int b = 0; b < 256; b++) {
            if (out[b] < 0) {
                throw metadata.error(PREFIX + "tokens", "there is no token for byte " + b);
            }
        }
        return out;
    }

    private MergeTable merges() throws GgufException {
        String key = PREFIX + "merges";
        List<String> lines =
                metadata.texts(key).orElseThrow(() -> metadata.error(key, "the byte pair merges are missing"));
        var builder = new MergeTable.Builder(lines.size());
        for (int rank = 0; rank < lines.size(); rank++) {
            String line = lines.get(rank);
            int space = line.indexOf(' ', 1);
            Integer left = space < 0 ? null : idOf.get(line.substring(0, space));
            Integer right = space < 0 ? null : idOf.get(line.substring(space + 1));
            Integer result = space < 0 ? null : idOf.get(line.substring(0, space) + line.substring(space + 1));
            if (left == null || right == null || result == null) {
                throw metadata.error(key, "merge " + rank + " is not a pair of tokens of the vocabulary");
            }
            builder.add(left, right, result);
        }
        return builder.build();
    }

    private BitSet ends() throws GgufException {
        var ends = new BitSet();
        tokenId("eos_token_id").ifPresent(ends::set);
        tokenId("eot_token_id").ifPresent(ends::set);
        for (String name : MORE_ENDS) {
            Integer id = idOf.get(name);
            if (id != null && control.get(id)) {
                ends.set(id);
            }
        }
        return ends;
    }

    private OptionalInt tokenId(String name) throws GgufException {
        var id = metadata.integer(PREFIX + name, 0, vocabulary.size() - 1);
        return id.isPresent() ? OptionalInt.of(id.get()) : OptionalInt.empty();
    }
}

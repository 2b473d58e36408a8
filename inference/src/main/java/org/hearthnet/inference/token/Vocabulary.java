package org.hearthnet.inference.token;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufMetadata;

/** The tokens of a file, their types, and the ones with a role. */
final class Vocabulary {
    static final String PREFIX = "tokenizer.ggml.";

    /** Token types of the GGUF specification. */
    private static final int UNKNOWN = 2;

    static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int BYTE = 6;

    private final GgufMetadata metadata;
    private final List<String> tokens;
    private final Map<String, Integer> ids;
    private final BitSet control = new BitSet();
    private final BitSet userDefined = new BitSet();
    private final BitSet bytes = new BitSet();
    private final SpecialTokens all = new SpecialTokens();
    private final SpecialTokens harmless = new SpecialTokens();
    private final SpecialTokens controlOnly = new SpecialTokens();

    Vocabulary(GgufMetadata metadata) throws GgufException {
        this.metadata = metadata;
        this.tokens = metadata.texts(PREFIX + "tokens")
                .orElseThrow(() -> metadata.error(PREFIX + "tokens", "the vocabulary is missing"));
        this.ids = HashMap.newHashMap(tokens.size());
        for (int id = 0; id < tokens.size(); id++) {
            ids.putIfAbsent(tokens.get(id), id);
        }
        readTypes();
    }

    private void readTypes() throws GgufException {
        long[] types = metadata.integrals(PREFIX + "token_type").orElse(new long[tokens.size()]);
        if (types.length != tokens.size()) {
            throw metadata.error(PREFIX + "token_type", "has " + types.length + " entries for " + tokens.size());
        }
        for (int id = 0; id < types.length; id++) {
            switch ((int) types[id]) {
                case UNKNOWN, CONTROL -> {
                    control.set(id);
                    controlOnly.add(tokens.get(id), id);
                    all.add(tokens.get(id), id);
                }
                case USER_DEFINED -> {
                    userDefined.set(id);
                    all.add(tokens.get(id), id);
                    harmless.add(tokens.get(id), id);
                }
                case BYTE -> bytes.set(id);
                default -> {
                    // an ordinary token
                }
            }
        }
    }

    GgufMetadata metadata() {
        return metadata;
    }

    int size() {
        return tokens.size();
    }

    String token(int id) {
        return tokens.get(id);
    }

    /** The id of a token, -1 if there is none. */
    int id(String token) {
        return ids.getOrDefault(token, -1);
    }

    /**
     * The id of a token that plain text may become, -1 if there is none: not a control token, the unknown one or the name of
     * a byte. Else text of strangers could spell the end of a turn.
     */
    int plainId(String token) {
        int id = id(token);
        return id >= 0 && !control.get(id) && !bytes.get(id) ? id : -1;
    }

    /** Control and unknown tokens. */
    boolean isControl(int id) {
        return control.get(id);
    }

    boolean isUserDefined(int id) {
        return userDefined.get(id);
    }

    boolean isByte(int id) {
        return bytes.get(id);
    }

    /** Names to be found in text: user-defined ones always, those of control tokens only if asked for. */
    SpecialTokens special(boolean withControl) {
        return withControl ? all : harmless;
    }

    /** Whether the name of a control token starts at {@code at}. */
    boolean isControlAt(String text, int at) {
        return controlOnly.startsAt(text, at);
    }

    /** The id under a key such as {@code bos_token_id}. */
    OptionalInt role(String name) throws GgufException {
        var id = metadata.integer(PREFIX + name, 0, tokens.size() - 1);
        return id.isPresent() ? OptionalInt.of(id.get()) : OptionalInt.empty();
    }

    boolean flag(String name, boolean standard) throws GgufException {
        return metadata.bool(PREFIX + name).orElse(standard);
    }
}

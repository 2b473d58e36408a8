package org.hearthnet.inference.manifest;

import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.inference.gguf.GgufMetadata;
import org.hearthnet.inference.gguf.GgufValue;

/** One hash over everything in a GGUF file that decides how text becomes tokens, independent of the order in the file. */
final class TokenizerHash {
    private static final String PREFIX = "tokenizer.";

    private TokenizerHash() {}

    static Hash32 of(GgufMetadata metadata) {
        Hashing hash = Hashing.in("hearth/tokenizer/1");
        for (String key : new TreeSet<>(metadata.keys())) {
            if (key.startsWith(PREFIX)) {
                text(hash, key);
                value(hash, metadata.find(key).orElseThrow());
            }
        }
        return hash.finish();
    }

    private static void text(Hashing hash, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hash.add(bytes.length).add(bytes);
    }

    private static void value(Hashing hash, GgufValue value) {
        switch (value) {
            case GgufValue.Integral v -> hash.add(1).add(v.value());
            case GgufValue.Real v -> hash.add(2).add(Double.doubleToLongBits(v.value()));
            case GgufValue.Bool v -> hash.add(3).add(v.value() ? 1 : 0);
            case GgufValue.Text v -> text(hash.add(4), v.value());
            case GgufValue.Texts v -> {
                hash.add(5).add(v.values().size());
                v.values().forEach(each -> text(hash, each));
            }
            case GgufValue.Integrals v -> {
                hash.add(6).add(v.values().length);
                for (long each : v.values()) {
                    hash.add(each);
                }
            }
            case GgufValue.Reals v -> {
                hash.add(7).add(v.values().length);
                for (double each : v.values()) {
                    hash.add(Double.doubleToLongBits(each));
                }
            }
        }
    }
}

package org.hearthnet.inference.token;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.PriorityQueue;
import org.hearthnet.inference.gguf.GgufException;

/**
 * SentencePiece's byte pair encoding (Kudo and Richardson, 2018): starting from single characters, the neighbours whose
 * union is the token with the highest score are joined, the leftmost first among equals; what is no token in the end is
 * written in bytes. Spaces are U+2581. Made by {@link Tokenizers}.
 */
final class SentencePiece implements TextEncoder {
    private static final char SPACE = '\u2581';

    /** Longer tokens are never looked for, so that one endless word cannot cost quadratic time. */
    private static final int MAX_TOKEN = 1 << 10;

    private final Vocabulary vocabulary;
    private final float[] scores;
    private final int[] byteTokens = new int[256];
    private final int unknown;
    private final boolean addsSpace;

    SentencePiece(Vocabulary vocabulary) throws GgufException {
        this.vocabulary = vocabulary;
        this.scores = scores();
        this.unknown = vocabulary.role("unknown_token_id").orElse(-1);
        this.addsSpace = vocabulary.flag("add_space_prefix", true);
        for (int b = 0; b < 256; b++) {
            byteTokens[b] = vocabulary.id("<0x" + HexFormat.of().withUpperCase().toHexDigits((byte) b) + ">");
            if (byteTokens[b] < 0 && unknown < 0) {
                throw vocabulary
                        .metadata()
                        .error(
                                Vocabulary.PREFIX + "tokens",
                                "there is no token for byte " + b + ", and none for unknown");
            }
        }
    }

    private float[] scores() throws GgufException {
        String key = Vocabulary.PREFIX + "scores";
        double[] values = vocabulary
                .metadata()
                .reals(key)
                .orElseThrow(() -> vocabulary.metadata().error(key, "the scores are missing"));
        if (values.length != vocabulary.size()) {
            throw vocabulary.metadata().error(key, "has " + values.length + " entries for " + vocabulary.size());
        }
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) values[i];
            if (Float.isNaN(out[i])) {
                throw vocabulary.metadata().error(key, "entry " + i + " is not a number");
            }
        }
        return out;
    }

    @Override
    public void encode(String text, boolean atStart, IntList out) {
        String spaced = atStart && addsSpace ? " " + text : text;
        new Run(spaced.replace(' ', SPACE)).encode(out);
    }

    @Override
    public byte[] bytes(int id) {
        String token = vocabulary.token(id);
        if (vocabulary.isByte(id) && token.length() == 6) {
            return new byte[] {(byte) HexFormat.fromHexDigits(token, 3, 5)};
        }
        return token.replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean addsSpace() {
        return addsSpace;
    }

    /** Two neighbours that could be joined; stale if one of them has been joined since. */
    private record Candidate(int left, int length, float score) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byScore = Float.compare(other.score, score);
            return byScore != 0 ? byScore : Integer.compare(left, other.left);
        }
    }

    /** One text. Symbols are ranges of it, in a linked list of their starts. */
    private final class Run {
        private final String text;
        /** Length of the symbol that starts here, 0 inside of one. */
        private final int[] lengths;
        /** Start of the symbol before. */
        private final int[] previous;

        private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

        Run(String text) {
            this.text = text;
            this.lengths = new int[text.length()];
            this.previous = new int[text.length()];
        }

        void encode(IntList out) {
            int before = -1;
            for (int at = 0; at < text.length(); at += lengths[at]) {
                lengths[at] = Character.charCount(text.codePointAt(at));
                previous[at] = before;
                before = at;
            }
            for (int at = 0; at < text.length(); at += lengths[at]) {
                offer(at);
            }
            while (!queue.isEmpty()) {
                join(queue.remove());
            }
            for (int at = 0; at < text.length(); at += lengths[at]) {
                write(text.substring(at, at + lengths[at]), out);
            }
        }

        private void offer(int left) {
            if (left < 0 || left + lengths[left] >= text.length()) {
                return;
            }
            int length = lengths[left] + lengths[left + lengths[left]];
            int id = length > MAX_TOKEN ? -1 : vocabulary.plainId(text.substring(left, left + length));
            if (id >= 0) {
                queue.add(new Candidate(left, length, scores[id]));
            }
        }

        private void join(Candidate candidate) {
            int left = candidate.left();
            int right = left + lengths[left];
            if (lengths[left] == 0 || right >= text.length() || lengths[left] + lengths[right] != candidate.length()) {
                return;
            }
            lengths[right] = 0;
            lengths[left] = candidate.length();
            int next = left + lengths[left];
            if (next < text.length()) {
                previous[next] = left;
            }
            offer(previous[left]);
            offer(left);
        }

        private void write(String symbol, IntList out) {
            int id = vocabulary.plainId(symbol);
            if (id >= 0) {
                out.add(id);
                return;
            }
            for (byte b : symbol.getBytes(StandardCharsets.UTF_8)) {
                int token = byteTokens[b & 0xFF];
                if (token < 0) {
                    out.add(unknown);
                    return;
                }
                out.add(token);
            }
        }
    }
}

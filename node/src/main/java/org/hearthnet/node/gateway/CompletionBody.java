package org.hearthnet.node.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.node.pipeline.text.TextOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Completion objects, whole or in pieces.
 *
 * @param chat whether they are those of chat completions
 */
record CompletionBody(boolean chat, String id, long createdSeconds, String model) {
    /** The object of a whole answer. */
    Map<String, @Nullable Object> whole(TextOutcome outcome) {
        Map<String, @Nullable Object> out = frame(false, List.of(choice("message", outcome.text(), reason(outcome))));
        out.put("usage", usage(outcome));
        out.put("hearth", account(outcome));
        return out;
    }

    /** A piece of an answer. */
    Map<String, @Nullable Object> piece(String text) {
        return frame(true, List.of(choice("delta", text, null)));
    }

    /** The last piece: says why the answer ended. */
    Map<String, @Nullable Object> last(TextOutcome outcome) {
        Map<String, @Nullable Object> out = frame(true, List.of(choice("delta", "", reason(outcome))));
        out.put("hearth", account(outcome));
        return out;
    }

    /** What a stream ends with if the usage was asked for. */
    Map<String, @Nullable Object> usageOnly(TextOutcome outcome) {
        Map<String, @Nullable Object> out = frame(true, List.of());
        out.put("usage", usage(outcome));
        return out;
    }

    private Map<String, @Nullable Object> frame(boolean piece, List<Object> choices) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("id", id);
        out.put("object", !chat ? "text_completion" : piece ? "chat.completion.chunk" : "chat.completion");
        out.put("created", createdSeconds);
        out.put("model", model);
        out.put("choices", choices);
        return out;
    }

    private Map<String, @Nullable Object> choice(String field, String text, @Nullable String reason) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        if (chat) {
            out.put(field, Map.of("role", "assistant", "content", text));
        } else {
            out.put("text", text);
        }
        out.put("index", 0);
        out.put("logprobs", null);
        out.put("finish_reason", reason);
        return out;
    }

    private static String reason(TextOutcome outcome) {
        return outcome.cutOff() ? "length" : "stop";
    }

    private static Map<String, Object> usage(TextOutcome outcome) {
        int prompt = outcome.promptTokens();
        int answer = outcome.job().tokens().length;
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("prompt_tokens", prompt);
        out.put("completion_tokens", answer);
        out.put("total_tokens", prompt + answer);
        return out;
    }

    /** What it cost and who did it, beside what OpenAI's clients expect. */
    private static Map<String, Object> account(TextOutcome outcome) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("job", outcome.report().id().toHex());
        out.put("paid", outcome.report().paid().sparks());
        out.put("attempts", outcome.report().attempts());
        out.put(
                "stages",
                outcome.report().stages().stream()
                        .map(s -> Map.of(
                                "layers", s.layers(),
                                "executor", s.executor().toHex(),
                                "paid", s.fee().sparks()))
                        .toList());
        return out;
    }
}

package org.hearthnet.node.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.node.chat.ChatMessage;
import org.hearthnet.node.chat.ChatTemplate;
import org.hearthnet.node.chat.ChatTemplateException;

/**
 * A completion as it was asked for, of a prompt or of a chat. What is not supported is refused, never passed over: a caller that asks for log
 * probabilities must not believe that it got them.
 *
 * @param model the model's name
 * @param prompt the prompt
 * @param maxTokens most tokens of the answer
 * @param sampler how tokens are drawn
 * @param stops texts that end the answer
 * @param stream whether the answer comes in pieces
 * @param usage whether a stream ends with the usage
 */
record CompletionRequest(
        String model,
        String prompt,
        int maxTokens,
        SamplerSettings sampler,
        List<String> stops,
        boolean stream,
        boolean usage) {
    /** Most tokens of an answer in a chat that names no number; everybody pays for what is made. */
    private static final int CHAT_TOKENS = 512;

    private static final int MAX_STOPS = 4;
    private static final int MAX_STOP_CHARS = 256;

    /** Fields that are read. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "prompt",
            "max_tokens",
            "temperature",
            "top_p",
            "seed",
            "stop",
            "stream",
            "stream_options",
            "user");

    /** Fields that may be there as long as they ask for nothing. */
    private static final Map<String, String> NEUTRAL = Map.of(
            "n", "1",
            "best_of", "1",
            "echo", "false",
            "frequency_penalty", "0",
            "presence_penalty", "0",
            "logit_bias", "{}",
            "logprobs", "null",
            "suffix", "null",
            "tools", "[]",
            "store", "false");

    private static final Set<String> CHAT_ONLY = Set.of("messages", "max_completion_tokens");

    private static final int MAX_TOKENS = 1 << 17;

    /** Reads a completion request; {@code randomSeed} is asked if it names no seed. */
    static CompletionRequest of(JsonNode body, LongSupplier randomSeed) {
        Fields in = fields(body, false);
        return new CompletionRequest(
                in.text("model"),
                prompt(body.path("prompt")),
                in.integer("max_tokens", 16, 1, MAX_TOKENS),
                sampler(in, randomSeed),
                stops(body.path("stop")),
                in.bool("stream", false),
                wantsUsage(in));
    }

    /** Reads a chat request, whose messages {@code template} makes a prompt of. */
    static CompletionRequest ofChat(JsonNode body, Optional<ChatTemplate> template, LongSupplier randomSeed) {
        Fields in = fields(body, true);
        String model = in.text("model");
        List<ChatMessage> messages = ChatMessages.of(body.path("messages"));
        if (template.isEmpty()) {
            throw ApiError.invalid(
                    "model", "the model " + model + " has no chat template; use /v1/completions with a prompt");
        }
        String limit = in.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        try {
            return new CompletionRequest(
                    model,
                    template.get().render(messages),
                    in.integer(limit, CHAT_TOKENS, 1, MAX_TOKENS),
                    sampler(in, randomSeed),
                    stops(body.path("stop")),
                    in.bool("stream", false),
                    wantsUsage(in));
        } catch (ChatTemplateException e) {
            throw ApiError.invalid("messages", String.valueOf(e.getMessage()));
        }
    }

    private static Fields fields(JsonNode body, boolean chat) {
        if (!body.isObject()) {
            throw ApiError.invalid(null, "the body must be a JSON object");
        }
        body.properties().forEach(field -> {
            boolean known = chat
                    ? CHAT_ONLY.contains(field.getKey())
                            || KNOWN.contains(field.getKey()) && !field.getKey().equals("prompt")
                    : KNOWN.contains(field.getKey());
            checkField(field.getKey(), field.getValue(), known);
        });
        return new Fields(body);
    }

    private static boolean wantsUsage(Fields in) {
        return in.has("stream_options")
                && in.object().path("stream_options").path("include_usage").asBoolean(false);
    }

    private static void checkField(String name, JsonNode value, boolean known) {
        boolean asksForNone = value.isBoolean() && !value.asBoolean() && name.equals("logprobs"); // as in chats
        if (known || value.isNull() || asksForNone) {
            return;
        }
        String neutral = NEUTRAL.get(name);
        if (neutral == null) {
            throw ApiError.invalid(name, "Unrecognized request argument supplied: " + name);
        }
        boolean same = value.isNumber() && !neutral.equals("null") && !neutral.equals("{}") && !neutral.equals("false")
                ? value.asDouble() == Double.parseDouble(neutral)
                : value.toString().equals(neutral);
        if (!same) {
            throw ApiError.invalid(name, name + " = " + shorten(value.toString()) + " is not supported");
        }
    }

    private static String shorten(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private static String prompt(JsonNode prompt) {
        if (prompt.isTextual()) {
            return prompt.asText();
        }
        if (prompt.isArray() && prompt.size() == 1 && prompt.get(0).isTextual()) {
            return prompt.get(0).asText();
        }
        throw ApiError.invalid("prompt", "prompt must be a string; several prompts or tokens are not supported");
    }

    private static SamplerSettings sampler(Fields in, LongSupplier randomSeed) {
        double temperature = in.real("temperature", 1, 0, 2);
        double topP = in.real("top_p", 1, 0, 1);
        // OpenAI lets top_p be 0 and means the likeliest token, which is what temperature 0 says here.
        boolean greedy = topP == 0;
        long seed = in.has("seed") ? in.wide("seed") : randomSeed.getAsLong();
        return new SamplerSettings(greedy ? 0 : (float) temperature, 0, greedy ? 1 : (float) topP, seed);
    }

    private static List<String> stops(JsonNode stop) {
        List<String> out = new ArrayList<>();
        if (stop.isTextual()) {
            out.add(stop.asText());
        } else if (stop.isArray()) {
            stop.forEach(s -> out.add(s.isTextual() ? s.asText() : ""));
        } else if (!stop.isMissingNode() && !stop.isNull()) {
            throw ApiError.invalid("stop", "stop must be a string or an array of strings");
        }
        if (out.size() > MAX_STOPS || out.stream().anyMatch(s -> s.isEmpty() || s.length() > MAX_STOP_CHARS)) {
            throw ApiError.invalid(
                    "stop", "stop takes up to " + MAX_STOPS + " strings of 1 to " + MAX_STOP_CHARS + " characters");
        }
        return List.copyOf(out);
    }
}

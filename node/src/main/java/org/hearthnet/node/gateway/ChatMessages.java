package org.hearthnet.node.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hearthnet.node.chat.ChatMessage;

/** Reads the messages of a chat request: text only, as a string or as parts of type {@code text}. */
final class ChatMessages {
    private static final int MAX_MESSAGES = 1024;
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant");

    private ChatMessages() {}

    static List<ChatMessage> of(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty() || messages.size() > MAX_MESSAGES) {
            throw ApiError.invalid("messages", "messages must be an array of 1 to " + MAX_MESSAGES + " messages");
        }
        List<ChatMessage> out = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            out.add(message(messages.get(i), "messages[" + i + "]"));
        }
        return out;
    }

    private static ChatMessage message(JsonNode message, String where) {
        String role = message.path("role").asText();
        if (!ROLES.contains(role)) {
            throw ApiError.invalid(
                    where + ".role", "the role '" + role + "' is not supported (system, user, assistant are)");
        }
        if (message.hasNonNull("tool_calls")) {
            throw ApiError.invalid(where + ".tool_calls", "tools are not supported");
        }
        // Templates know the older name.
        return new ChatMessage(role.equals("developer") ? "system" : role, content(message.path("content"), where));
    }

    private static String content(JsonNode content, String where) {
        if (content.isTextual()) {
            return content.asText();
        }
        if (!content.isArray()) {
            throw ApiError.invalid(where + ".content", "content must be a string or an array of text parts");
        }
        var out = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("type").asText().equals("text") || !part.path("text").isTextual()) {
                throw ApiError.invalid(where + ".content", "only text is supported");
            }
            out.append(part.get("text").asText());
        }
        return out.toString();
    }
}

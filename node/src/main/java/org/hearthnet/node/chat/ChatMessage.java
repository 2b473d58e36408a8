package org.hearthnet.node.chat;

/**
 * One message of a conversation.
 *
 * @param role such as {@code system}, {@code user} or {@code assistant}
 * @param content plain text
 */
public record ChatMessage(String role, String content) {}

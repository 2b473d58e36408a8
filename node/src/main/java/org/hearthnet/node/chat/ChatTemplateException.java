package org.hearthnet.node.chat;

/** A template that cannot be rendered, or that refuses the conversation; the message is for people. */
public final class ChatTemplateException extends Exception {
    private static final long serialVersionUID = 1;

    /** An error with its explanation. */
    public ChatTemplateException(String message) {
        super(message);
    }
}

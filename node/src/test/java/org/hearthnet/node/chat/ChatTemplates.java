package org.hearthnet.node.chat;

import org.hearthnet.inference.token.Tokenizer;

/** Templates for tests. */
public final class ChatTemplates {
    /** A few tags around each message; refuses the word "rude". */
    public static final ChatTemplate SIMPLE = of("{% for m in messages %}{% if 'rude' in m.content %}"
            + "{{ raise_exception('be kind') }}{% endif %}<{{ m.role }}>{{ m.content }}<end>{% endfor %}"
            + "{% if add_generation_prompt %}<assistant>{% endif %}");

    private ChatTemplates() {}

    /** What a tokenizer would do whose only control token is {@code <end>}. */
    public static String mark(String text) {
        return text.replace("<end>", "<" + Tokenizer.PLAIN + "end>");
    }

    static ChatTemplate of(String source) {
        try {
            return ChatTemplate.of(source, "<bos>", "<eos>", ChatTemplates::mark);
        } catch (ChatTemplateException e) {
            throw new AssertionError(e);
        }
    }
}

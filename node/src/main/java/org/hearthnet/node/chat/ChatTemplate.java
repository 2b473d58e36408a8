package org.hearthnet.node.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jinjava.javax.el.CompositeELResolver;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufMetadata;
import org.hearthnet.inference.token.Tokenizer;

/** The chat template of a model, in the dialect of Hugging Face's transformers. Thread-safe. */
public final class ChatTemplate {
    private static final String KEY = "tokenizer.chat_template";
    private static final int MAX_TEMPLATE = 1 << 17;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_COLLECTION = 4096;

    private final Jinjava engine;
    private final BoundedRun bounded = new BoundedRun();
    private final String source;
    private final UnaryOperator<String> guard;
    private final Map<String, Object> constants = new HashMap<>();

    private ChatTemplate(String source, String begin, String end, UnaryOperator<String> guard) {
        this.guard = guard;
        this.source = source;
        this.engine = new Jinjava(config());
        AllowedNames.OWN_FUNCTIONS.forEach(engine.getGlobalContext()::registerFunction);
        constants.put("bos_token", begin);
        constants.put("eos_token", end);
    }

    private static JinjavaConfig config() {
        var resolvers = new CompositeELResolver();
        resolvers.add(new PythonStrings());
        resolvers.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_WRITE);
        return JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withKeepTrailingNewline(true) // the engine would take it from the prompt, not from the template
                .withInterperterFactory(new BoundedInterpreter.Factory())
                .withLstripBlocks(true)
                .withElResolver(resolvers)
                .withDisabled(AllowedNames.others())
                .withNestedInterpretationEnabled(false) // else a message could be a template
                .withMaxRenderDepth(MAX_DEPTH)
                .withMaxMacroRecursionDepth(MAX_DEPTH)
                .withMaxOutputSize(4L * Tokenizer.MAX_TEXT)
                .withMaxStringLength(4L * Tokenizer.MAX_TEXT)
                .withMaxListSize(MAX_COLLECTION)
                .withMaxMapSize(MAX_COLLECTION)
                .withRangeLimit(MAX_COLLECTION)
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withIterateOverMapKeys(true)
                        .withUsePyishObjectMapper(true)
                        .withUseNaturalOperatorPrecedence(true)
                        .withAllowAdjacentTextNodes(true)
                        .withEvaluateMapKeys(true)
                        .withKeepNullableLoopValues(true)
                        .withUseTrimmingForNotesAndExpressions(true)
                        .build())
                .build();
    }

    /**
     * The template of a file, if it has one.
     *
     * @throws GgufException if it is too large or of a kind that cannot be rendered; the message names the construct
     */
    public static Optional<ChatTemplate> of(GgufMetadata metadata, Tokenizer tokenizer) throws GgufException {
        Optional<String> template = metadata.text(KEY);
        if (template.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(
                    template.get(), token(metadata, "bos_token_id"), token(metadata, "eos_token_id"), tokenizer::mark));
        } catch (ChatTemplateException e) {
            throw metadata.error(KEY, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A template.
     *
     * @param begin the text of the begin token, as the variable {@code bos_token}
     * @param end the text of the end token, as the variable {@code eos_token}
     * @param guard makes the text of messages harmless, see {@link Tokenizer#mark}
     */
    static ChatTemplate of(String template, String begin, String end, UnaryOperator<String> guard)
            throws ChatTemplateException {
        if (template.length() > MAX_TEMPLATE) {
            throw new ChatTemplateException("the template has " + template.length() + " characters");
        }
        return new ChatTemplate(TemplateDialect.toJinjava(template), begin, end, guard);
    }

    private static String token(GgufMetadata metadata, String key) throws GgufException {
        List<String> tokens = metadata.texts("tokenizer.ggml.tokens").orElse(List.of());
        return metadata.integer("tokenizer.ggml." + key, 0, Math.max(0, tokens.size() - 1))
                .filter(id -> id < tokens.size())
                .map(tokens::get)
                .orElse("");
    }

    /**
     * The prompt of a conversation, ready for the assistant's answer. Names of control tokens in messages are marked as
     * plain text, see {@link Tokenizer#encodeMarked}.
     *
     * @throws ChatTemplateException if the template refuses the conversation or cannot be rendered
     */
    public String render(List<ChatMessage> messages) throws ChatTemplateException {
        Map<String, Object> variables = new HashMap<>(constants);
        variables.put(
                "messages",
                messages.stream()
                        .map(m -> Map.of("role", m.role(), "content", guard.apply(m.content())))
                        .toList());
        variables.put("add_generation_prompt", true);
        RenderResult result = bounded.run(() -> engine.renderForResult(source, variables));
        for (TemplateError error : result.getErrors()) {
            if (error.getSeverity() == TemplateError.ErrorType.FATAL
                    || error.getReason() != TemplateError.ErrorReason.UNKNOWN) {
                throw new ChatTemplateException(reason(error));
            }
        }
        return result.getOutput();
    }

    private static String reason(TemplateError error) {
        Throwable cause = error.getException();
        for (int i = 0; cause != null && i < MAX_DEPTH; i++) {
            if (cause instanceof TemplateFunctions.Refused refused) {
                return String.valueOf(refused.getMessage());
            }
            cause = cause.getCause();
        }
        return "the model's chat template cannot be rendered, line " + error.getLineno() + ": " + error.getMessage();
    }
}

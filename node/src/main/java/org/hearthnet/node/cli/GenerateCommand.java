package org.hearthnet.node.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.inference.exec.GenerationOptions;
import org.hearthnet.inference.exec.GenerationResult;
import org.hearthnet.inference.exec.Generator;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.ModelConfig;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.token.Tokenizer;
import org.hearthnet.inference.token.Tokenizers;
import org.hearthnet.node.chat.ChatMessage;
import org.hearthnet.node.chat.ChatTemplate;
import org.hearthnet.node.chat.ChatTemplateException;
import org.hearthnet.node.pipeline.text.TextJobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth generate}: the whole model on this machine, no network. */
@Command(name = "generate", description = "Continue a text on this machine alone.")
final class GenerateCommand implements Callable<Integer> {
    private static final long CACHE_BYTES = 2L << 30;

    @Parameters(paramLabel = "PROMPT", description = "The text to continue.")
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private String prompt;

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final SamplerOptions sampler = new SamplerOptions();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--chat", description = "The text is a message; the model's chat template makes a prompt of it.")
    private boolean chat;

    @Mixin
    private final BackendOptions backend = new BackendOptions();

    @Override
    public Integer call() throws IOException {
        SamplerSettings settings = sampler.settings();
        try (GgufFile file = model.open();
                Kernel kernel = backend.open()) {
            Tokenizer tokenizer = Tokenizers.of(file.metadata());
            StageExecutor all = load(file, kernel);
            var options = new GenerationOptions(
                    new SamplerParameters(settings.temperature(), settings.topK(), settings.topP()),
                    settings.seed(),
                    sampler.maxTokens(),
                    true);
            GenerationResult result = new Generator(all, tokenizer, new KvBudget(CACHE_BYTES))
                    .generate(TextJobs.encode(tokenizer, text(file, tokenizer)), options, this::show);
            output.print(document(result, settings), () -> output.line(""));
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private String text(GgufFile file, Tokenizer tokenizer) throws IOException {
        if (!chat) {
            return prompt;
        }
        ChatTemplate template = ChatTemplate.of(file.metadata(), tokenizer)
                .orElseThrow(() -> CommandException.usage("the model has no chat template; leave out --chat"));
        try {
            return template.render(List.of(new ChatMessage("user", prompt)));
        } catch (ChatTemplateException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static StageExecutor load(GgufFile file, Kernel kernel) throws IOException {
        ModelConfig config = ModelConfig.of(file);
        try (StepProgress progress = StepProgress.patient("generate", System.err)) {
            return StageExecutor.load(
                    file, config.all(), kernel, done -> progress.at("loading layers", done, config.layers()));
        }
    }

    private void show(String piece) {
        if (!output.isJson()) {
            System.out.print(piece);
            System.out.flush();
        }
    }

    private static Map<String, Object> document(GenerationResult result, SamplerSettings settings) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("text", result.text());
        out.put("promptTokens", result.promptTokens().length);
        out.put("tokens", result.tokens());
        out.put("seed", settings.seed());
        out.put("end", result.reason().name().toLowerCase(java.util.Locale.ROOT));
        return out;
    }
}

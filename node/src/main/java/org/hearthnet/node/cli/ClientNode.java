package org.hearthnet.node.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.manifest.ManifestBuilder;
import org.hearthnet.inference.token.Tokenizer;
import org.hearthnet.inference.token.Tokenizers;
import org.hearthnet.node.app.NodeRuntime;
import org.hearthnet.node.chat.ChatTemplate;
import org.hearthnet.node.gateway.LocalJobs;
import org.hearthnet.node.pipeline.LedgerPort.LedgerException;
import org.hearthnet.node.pipeline.ledger.NodeJobs;
import org.hearthnet.node.pipeline.text.TextJobs;

/** A node that buys, made by a command for as long as the command runs. */
final class ClientNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final NodeRuntime runtime;
    private final NodeJobs jobs;
    private final TextJobs texts;
    private final Optional<ChatTemplate> chatTemplate;

    private ClientNode(NodeRuntime runtime, NodeJobs jobs, TextJobs texts, Optional<ChatTemplate> chatTemplate) {
        this.chatTemplate = chatTemplate;
        this.runtime = runtime;
        this.jobs = jobs;
        this.texts = texts;
    }

    /** Starts one; {@code model} tells how text becomes tokens and which model is meant. */
    static ClientNode start(JoinOptions join, ModelOption model) throws IOException {
        model.searchIn(Optional.of(join.data()));
        NodeRuntime runtime = NodeRuntime.open(join.options());
        try {
            NodeJobs jobs = NodeParts.join(runtime);
            try (GgufFile file = model.open()) {
                ModelManifest manifest = approved(runtime, ManifestBuilder.of(file, model.name()));
                Tokenizer tokenizer = Tokenizers.of(file.metadata());
                return new ClientNode(
                        runtime, jobs, jobs.texts(manifest, tokenizer), ChatTemplate.of(file.metadata(), tokenizer));
            }
        } catch (IOException | RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    /** The network's manifest of the same model: names are for people, and people differ. */
    private static ModelManifest approved(NodeRuntime runtime, ModelManifest mine) {
        return runtime.spec().models().stream()
                .filter(m -> m.tensors().equals(mine.tensors())
                        && m.shape().equals(mine.shape())
                        && m.tokenizer().equals(mine.tokenizer())
                        && m.arithmeticVersion() == mine.arithmeticVersion())
                .findFirst()
                .orElseThrow(() ->
                        CommandException.usage("the network " + runtime.spec().name()
                                + " does not know the model " + mine.name() + "; it has "
                                + runtime.spec().models().stream()
                                        .map(ModelManifest::name)
                                        .toList()));
    }

    TextJobs texts() {
        return texts;
    }

    Optional<ChatTemplate> chatTemplate() {
        return chatTemplate;
    }

    NodeRuntime runtime() {
        return runtime;
    }

    /** Waits for the chain, and asks the faucet if the account is empty. */
    void ready(Consumer<String> notes) throws InterruptedException {
        if (!jobs.awaitSync(PATIENCE)) {
            throw CommandException.unavailable("no node of the network answered within " + PATIENCE.toSeconds()
                    + " s. Name one that runs: --bootstrap MULTIADDR/p2p/ID");
        }
        try {
            jobs.faucet(PATIENCE)
                    .ifPresent(a -> notes.accept("the account was empty: the network's faucet gave " + a + " credits"));
        } catch (LedgerException e) {
            // The job itself will say what is missing, if it costs anything.
            notes.accept("the account is empty and the faucet gave nothing: " + e.getMessage());
        }
    }

    /** Lets {@code hearth submit} and other commands in. */
    void openLocally() throws IOException {
        runtime.openLocally(List.of(new LocalJobs(texts)));
    }

    @Override
    public void close() {
        runtime.close();
    }
}

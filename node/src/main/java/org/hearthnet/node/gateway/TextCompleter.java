package org.hearthnet.node.gateway;

import java.io.IOException;
import java.util.Optional;
import org.hearthnet.node.chat.ChatTemplate;
import org.hearthnet.node.pipeline.client.JobException;
import org.hearthnet.node.pipeline.text.TextJobs;
import org.hearthnet.node.pipeline.text.TextListener;
import org.hearthnet.node.pipeline.text.TextOutcome;
import org.hearthnet.node.pipeline.text.TextRequest;

/**
 * Completes through the network.
 *
 * @param jobs buys
 * @param chatTemplate the model's
 * @param createdSeconds when the network began, which is since when its models are known; seconds since 1970
 */
public record TextCompleter(TextJobs jobs, Optional<ChatTemplate> chatTemplate, long createdSeconds)
        implements Gateway.Completer {
    @Override
    public String model() {
        return jobs.manifest().name();
    }

    @Override
    public TextOutcome complete(TextRequest request, TextListener listener)
            throws JobException, InterruptedException, IOException {
        return jobs.run(request, listener);
    }
}

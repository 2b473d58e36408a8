package org.hearthnet.node.pipeline.text;

import java.io.IOException;
import java.nio.file.Path;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.token.TokenDecoder;
import org.hearthnet.inference.token.Tokenizer;
import org.hearthnet.node.pipeline.client.JobClient;
import org.hearthnet.node.pipeline.client.JobException;
import org.hearthnet.node.pipeline.client.JobListener;
import org.hearthnet.node.pipeline.client.JobOutcome;
import org.hearthnet.node.pipeline.client.JobSpec;
import org.hearthnet.node.pipeline.plan.Plan;

/** Jobs of one model in text. Thread-safe. */
public final class TextJobs {
    private final JobClient client;
    private final ModelManifest manifest;
    private final Tokenizer tokenizer;
    private final Path reports;

    /** Jobs through {@code client}; reports go to the directory {@code reports}. */
    public TextJobs(JobClient client, ModelManifest manifest, Tokenizer tokenizer, Path reports) {
        this.client = client;
        this.manifest = manifest;
        this.tokenizer = tokenizer;
        this.reports = reports;
    }

    /** The model. */
    public ModelManifest manifest() {
        return manifest;
    }

    /** Tokens of a prompt, the same as in local generation; see {@link Tokenizer#encodeMarked} for text of strangers. */
    public static int[] encode(Tokenizer tokenizer, String prompt) {
        return tokenizer.encodeMarked(prompt);
    }

    /**
     * Runs a job.
     *
     * @throws IllegalArgumentException if it does not fit the model; the message is for people
     */
    public TextOutcome run(TextRequest request, TextListener listener)
            throws JobException, InterruptedException, IOException {
        JobSpec spec = spec(request);
        Reader reader = new Reader(request, listener);
        JobOutcome outcome = client.run(spec, reader);
        String text = reader.finish();
        JobReport report = JobReport.of(outcome, spec.prompt().length, text);
        report.write(reports);
        return new TextOutcome(text, spec.prompt().length, outcome, report);
    }

    /** What {@link #run} would buy. */
    public Plan plan(TextRequest request) throws JobException, InterruptedException {
        return client.plan(spec(request));
    }

    private JobSpec spec(TextRequest request) {
        return new JobSpec(
                manifest,
                encode(tokenizer, request.prompt()),
                request.maxTokens(),
                request.sampler(),
                request.maxPrice(),
                request.stages(),
                request.preferred());
    }

    private final class Reader implements JobListener {
        private final TextListener listener;
        private final StopText stop;
        private final TokenDecoder decoder = tokenizer.decoder();
        private final StringBuilder text = new StringBuilder();

        Reader(TextRequest request, TextListener listener) {
            this.listener = listener;
            this.stop = new StopText(request.stops());
        }

        @Override
        public void token(int token) {
            // A model may have more tokens than its tokenizer knows, for rounding.
            show(stop.add(token < tokenizer.vocabulary() ? decoder.next(token) : ""));
        }

        @Override
        public void note(String line) {
            listener.note(line);
        }

        @Override
        public boolean enough() {
            return stop.stopped() || listener.cancelled();
        }

        private void show(String piece) {
            if (!piece.isEmpty()) {
                text.append(piece);
                listener.text(piece);
            }
        }

        String finish() {
            show(stop.add(decoder.finish()));
            show(stop.finish());
            return text.toString();
        }
    }
}

package org.hearthnet.node.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.hearthnet.node.pipeline.text.TextListener;
import org.hearthnet.node.pipeline.text.TextOutcome;
import org.jspecify.annotations.Nullable;

/**
 * An answer as server-sent events (HTML standard, section 9.2): pieces as they come, and {@code [DONE]} at the end. The
 * response begins with the first piece, so that what goes wrong before is an ordinary error.
 */
final class CompletionStream implements TextListener {
    private final ServerResponse response;
    private final CompletionBody body;
    private @Nullable OutputStream out;
    private volatile boolean gone;

    private CompletionStream(ServerResponse response, CompletionBody body) {
        this.response = response;
        this.body = body;
    }

    /** Runs {@code work} and streams what it gives. */
    static void run(
            ServerResponse response, CompletionBody body, boolean usage, Function<TextListener, TextOutcome> work) {
        CompletionStream stream = new CompletionStream(response, body);
        try {
            TextOutcome outcome = work.apply(stream);
            stream.event(body.last(outcome));
            if (usage) {
                stream.event(body.usageOnly(outcome));
            }
            stream.raw("[DONE]");
        } catch (ApiError e) {
            if (stream.out == null) {
                throw e;
            }
            stream.event(e.body());
        }
        stream.close();
    }

    @Override
    public void text(String piece) {
        event(body.piece(piece));
    }

    @Override
    public boolean cancelled() {
        return gone;
    }

    private void event(Object data) {
        raw(new String(Gateway.encode(data), StandardCharsets.UTF_8));
    }

    private void raw(String data) {
        if (gone) {
            return;
        }
        try {
            OutputStream to = out;
            if (to == null) {
                response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
                response.header(HeaderNames.CACHE_CONTROL, "no-cache");
                to = response.outputStream();
                out = to;
            }
            to.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException | UncheckedIOException e) {
            gone = true; // nobody reads any more: nothing more is bought
        }
    }

    private void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException | UncheckedIOException e) {
            gone = true;
        }
    }
}

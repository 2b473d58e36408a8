package org.hearthnet.node.chat;

import com.hubspot.jinjava.interpret.RenderResult;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Renders on a thread of its own, so that a stack that overflows leaves nothing behind in the caller's. A template that does
 * not end in time, for all the checks, is not rendered again: at most one thread is lost to it. Thread-safe.
 */
final class BoundedRun {
    private static final Duration LIMIT = BoundedInterpreter.LIMIT.multipliedBy(2);

    private volatile boolean condemned;

    RenderResult run(Supplier<RenderResult> work) throws ChatTemplateException {
        if (condemned) {
            throw failure("did not end in time before");
        }
        var one = new One(work);
        Thread thread = Thread.ofPlatform().daemon().name("chat-template").start(one);
        try {
            if (!thread.join(LIMIT)) {
                condemned = true;
                throw failure("does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was interrupted");
        }
        RenderResult result = one.result;
        if (result == null) {
            throw failure(one.why);
        }
        return result;
    }

    private static ChatTemplateException failure(String why) {
        return new ChatTemplateException("the model's chat template cannot be rendered: it " + why);
    }

    private static final class One implements Runnable {
        private final Supplier<RenderResult> work;
        private volatile @Nullable RenderResult result;
        private volatile String why = "failed";

        One(Supplier<RenderResult> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                result = work.get();
            } catch (BoundedInterpreter.GaveUp e) {
                why = String.valueOf(e.getMessage());
            } catch (StackOverflowError e) {
                why = "nests too deep";
            } catch (OutOfMemoryError e) {
                why = "needs too much memory";
            } catch (RuntimeException e) {
                why = "fails with " + e;
            }
        }
    }
}

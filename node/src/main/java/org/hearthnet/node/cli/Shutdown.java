package org.hearthnet.node.cli;

import java.util.concurrent.CountDownLatch;

/** Waits for SIGTERM or SIGINT, so that what was opened is closed in order before the process ends. */
final class Shutdown {
    /** How long the process may take to close everything after the signal. */
    private static final long CLOSING_MS = 20_000;

    private Shutdown() {}

    /** Returns when somebody asks the process to end; the process then lives until the calling thread has ended. */
    static void await() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            try {
                caller.join(CLOSING_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        asked.await();
    }
}

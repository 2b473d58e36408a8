package org.hearthnet.node.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.node.local.LocalException;

/**
 * SIGTERM and SIGINT: lets a command end in good order. The signal's own thread waits until that is done, as the process
 * ends when it returns; it must not wait for the command's thread to end, which itself waits in {@code System.exit}.
 */
final class Shutdown {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private Shutdown() {}

    /** From now on a signal is not the end at once. */
    static Shutdown onSignal() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::hook, "shutdown"));
        return shutdown;
    }

    private void hook() {
        asked.countDown();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("hearth: not closed after " + PATIENCE_SECONDS + " s; ending anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a signal. */
    void await() throws InterruptedException {
        asked.await();
    }

    /**
     * Waits for a signal, or until the node's store fails.
     *
     * @throws LocalException if the store failed: what happened and what to do, once everything else is closed
     */
    void await(CompletableFuture<StoreException> failure) throws InterruptedException {
        failure.thenAccept(e -> asked.countDown());
        await();
        if (failure.isDone()) {
            throw LocalException.unavailable("the node stops, for a block could not be stored: "
                    + failure.join().getMessage()
                    + ". Nothing that was stored is lost. Mend that, then start the node again.");
        }
    }

    /** Everything is closed. */
    void done() {
        done.countDown();
    }
}

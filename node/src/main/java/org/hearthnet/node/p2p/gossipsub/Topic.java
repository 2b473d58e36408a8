package org.hearthnet.node.p2p.gossipsub;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.hearthnet.node.p2p.PeerId;

/** A joined topic: who judges its messages, who gets them, and the thread that does both, in order of arrival. */
final class Topic {
    private record Waiting(Message message, PeerId from) {}

    private final Consumer<Message> delivered;
    private final BiFunction<Message, PeerId, Verdict> judge;
    private final Consumer<Input.Judged> judged;
    private final BlockingQueue<Optional<Waiting>> queue;
    private volatile boolean closed;

    /**
     * @param capacity messages that may wait; the router asks for no more validations at once
     * @param judge what to think of a message; must not throw
     * @param judged told of each verdict
     */
    Topic(
            int capacity,
            Consumer<Message> delivered,
            BiFunction<Message, PeerId, Verdict> judge,
            Consumer<Input.Judged> judged) {
        this.delivered = delivered;
        this.judge = judge;
        this.judged = judged;
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    /** Judges until it is closed. */
    void run() {
        try {
            while (!closed) {
                Optional<Waiting> next = queue.take();
                if (next.isPresent() && !closed) {
                    Message message = next.get().message;
                    PeerId from = next.get().from;
                    judged.accept(new Input.Judged(message, from, judge.apply(message, from)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there was room. */
    boolean offer(Message message, PeerId from) {
        return queue.offer(Optional.of(new Waiting(message, from)));
    }

    void deliver(Message message) {
        delivered.accept(message);
    }

    /** Not by an interrupt, which would close the files that a validator may be reading. What waits is dropped. */
    void close() {
        closed = true;
        queue.clear();
        queue.offer(Optional.empty());
    }
}

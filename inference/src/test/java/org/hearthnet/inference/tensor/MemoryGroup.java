package org.hearthnet.inference.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The links of a group in one process. A queue that runs over shows that members do not keep step. */
public final class MemoryGroup {
    private static final int UNDER_WAY = 4;
    private static final byte[] HUNG_UP = new byte[0];

    private final List<List<BlockingQueue<byte[]>>> queues = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();

    /** A group of {@code members}. */
    public MemoryGroup(int members) {
        for (int from = 0; from < members; from++) {
            List<BlockingQueue<byte[]>> row = new ArrayList<>();
            for (int to = 0; to < members; to++) {
                row.add(new ArrayBlockingQueue<>(UNDER_WAY));
            }
            queues.add(row);
        }
    }

    /** Bytes that were sent so far. */
    public long bytes() {
        return bytes.get();
    }

    /** The link of one member. */
    public GroupLink link(int self) {
        return new GroupLink() {
            @Override
            public int self() {
                return self;
            }

            @Override
            public int members() {
                return queues.size();
            }

            @Override
            public void send(int member, byte[] message) {
                bytes.addAndGet(message.length);
                if (!queues.get(self).get(member).offer(message)) {
                    throw new GroupException(GroupException.Kind.BROKEN, member, "does not keep step");
                }
            }

            @Override
            public byte[] receive(int member) {
                try {
                    byte[] message = queues.get(member).get(self).poll(60, TimeUnit.SECONDS);
                    if (message == null || message == HUNG_UP) {
                        throw new GroupException(GroupException.Kind.LOST, member, "is silent");
                    }
                    return message;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new GroupException(GroupException.Kind.LOST, member, "interrupted");
                }
            }
        };
    }

    /** Cuts all links from {@code member}. */
    public void hangUp(int member) {
        queues.get(member).forEach(queue -> {
            queue.clear();
            queue.add(HUNG_UP);
        });
    }
}

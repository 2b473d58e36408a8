package org.hearthnet.node.p2p.gossipsub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.hearthnet.node.p2p.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Accepted messages of the last heartbeats, for gossip and IWANT (gossipsub v1.0, Message Cache). Bounded in number and bytes;
 * the oldest give way.
 */
final class MessageCache {
    private static final class Entry {
        final Message message;
        final Map<PeerId, Integer> given = new HashMap<>();
        int age;

        Entry(Message message) {
            this.message = message;
        }
    }

    private final int maxMessages;
    private final long maxBytes;
    private final int windows;
    private final int gossipWindows;
    private final Map<MessageId, Entry> messages = new HashMap<>();
    private final ArrayDeque<Entry> oldestFirst = new ArrayDeque<>();
    private long bytes;

    MessageCache(int maxMessages, long maxBytes, int windows, int gossipWindows) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.windows = windows;
        this.gossipWindows = gossipWindows;
    }

    void put(Message message) {
        Entry fresh = new Entry(message);
        if (messages.putIfAbsent(message.id(), fresh) != null) {
            return;
        }
        oldestFirst.add(fresh);
        bytes += message.size();
        while (messages.size() > maxMessages || bytes > maxBytes) {
            removeOldest();
        }
    }

    private void removeOldest() {
        Entry oldest = oldestFirst.remove();
        messages.remove(oldest.message.id());
        bytes -= oldest.message.size();
    }

    @Nullable
    Message find(MessageId id) {
        Entry entry = messages.get(id);
        return entry == null ? null : entry.message;
    }

    /** Counts one more answer to {@code peer}; the number of them, this one included. */
    int give(MessageId id, PeerId peer) {
        Entry entry = messages.get(id);
        return entry == null ? 0 : entry.given.merge(peer, 1, Integer::sum);
    }

    /** Ids of a topic's messages of the last heartbeats. */
    List<MessageId> gossip(String topic) {
        List<MessageId> ids = new ArrayList<>();
        Iterator<Entry> newest = oldestFirst.descendingIterator();
        while (newest.hasNext()) {
            Entry entry = newest.next();
            if (entry.age >= gossipWindows) {
                break;
            }
            if (entry.message.topic().equals(topic)) {
                ids.add(entry.message.id());
            }
        }
        return ids;
    }

    /** A heartbeat is over. */
    void shift() {
        oldestFirst.forEach(entry -> entry.age++);
        while (!oldestFirst.isEmpty() && oldestFirst.getFirst().age >= windows) {
            removeOldest();
        }
    }

    int size() {
        return messages.size();
    }

    long bytes() {
        return bytes;
    }
}

package org.hearthnet.node.p2p.flood;

import java.time.Duration;

/**
 * Limits of a {@link FloodService}.
 *
 * @param protocol the protocol id of its streams; also separates signatures of different networks
 * @param maxMessage bytes of an encoded message, at most {@link FloodMessage#MAX_ENCODED}
 * @param maxTopics topics that can be subscribed
 * @param maxNeighbours peers that messages are sent to
 * @param maxSeen message ids that are remembered
 * @param seenFor how long they are remembered: longer than a message can be under way
 * @param queueMessages messages that wait for one neighbour
 * @param queueBytes bytes that wait for one neighbour
 * @param messagesPerSecond messages that one neighbour may send, in the long run
 * @param burstMessages messages it may send at once after a pause
 * @param bytesPerSecond bytes that one neighbour may send, in the long run
 * @param burstBytes bytes it may send at once after a pause
 * @param maxRejected messages of one neighbour that validators reject before it is disconnected
 * @param writeTimeout for handing one message to a neighbour, after which its stream is opened anew
 */
public record FloodConfig(
        String protocol,
        int maxMessage,
        int maxTopics,
        int maxNeighbours,
        int maxSeen,
        Duration seenFor,
        int queueMessages,
        long queueBytes,
        int messagesPerSecond,
        int burstMessages,
        long bytesPerSecond,
        long burstBytes,
        int maxRejected,
        Duration writeTimeout) {
    private static final int MIB = 1024 * 1024;

    public FloodConfig {
        if (maxMessage < 1 || maxMessage > FloodMessage.MAX_ENCODED || queueBytes < maxMessage) {
            throw new IllegalArgumentException("message of " + maxMessage + " bytes, queue of " + queueBytes);
        }
        if (burstBytes < maxMessage || burstMessages < 1 || messagesPerSecond < 1 || bytesPerSecond < 1) {
            throw new IllegalArgumentException("a burst lets at least the largest message pass");
        }
        if (maxTopics < 1 || maxNeighbours < 1 || maxSeen < 1 || queueMessages < 1 || maxRejected < 0) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    public static FloodConfig of(String protocol) {
        return new FloodConfig(
                protocol,
                FloodMessage.MAX_ENCODED,
                64,
                128,
                65_536,
                Duration.ofMinutes(10),
                1024,
                8L * MIB,
                2000,
                4000,
                8L * MIB,
                16L * MIB,
                16,
                Duration.ofSeconds(30));
    }

    public FloodConfig withQueue(int messages, long bytes) {
        return new FloodConfig(
                protocol,
                maxMessage,
                maxTopics,
                maxNeighbours,
                maxSeen,
                seenFor,
                messages,
                bytes,
                messagesPerSecond,
                burstMessages,
                bytesPerSecond,
                burstBytes,
                maxRejected,
                writeTimeout);
    }

    public FloodConfig withRates(int messages, int messageBurst, long bytes, long byteBurst) {
        return new FloodConfig(
                protocol,
                maxMessage,
                maxTopics,
                maxNeighbours,
                maxSeen,
                seenFor,
                queueMessages,
                queueBytes,
                messages,
                messageBurst,
                bytes,
                byteBurst,
                maxRejected,
                writeTimeout);
    }

    public FloodConfig withMaxRejected(int rejected) {
        return new FloodConfig(
                protocol,
                maxMessage,
                maxTopics,
                maxNeighbours,
                maxSeen,
                seenFor,
                queueMessages,
                queueBytes,
                messagesPerSecond,
                burstMessages,
                bytesPerSecond,
                burstBytes,
                rejected,
                writeTimeout);
    }
}

package org.hearthnet.node.p2p;

/**
 * Told of each connection, on that connection's own thread: what it does delays only this connection. Of one peer there
 * may be several connections; ask {@link Host#connection} whether another is left.
 */
public interface ConnectionListener {
    default void connected(Connection connection) {}

    default void disconnected(Connection connection) {}
}

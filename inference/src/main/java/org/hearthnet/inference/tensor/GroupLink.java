package org.hearthnet.inference.tensor;

/**
 * How a member's messages reach the others: between each two members, in each direction, in the order in which they were sent.
 * Members work in step, so of one member at most the messages of two operations and a failure are under way to another.
 */
public interface GroupLink {
    /** This member's number. */
    int self();

    /** How many members there are. */
    int members();

    /**
     * Sends to another member. May wait for the transport, never for the other's next {@link #receive}.
     *
     * @throws GroupException if it is lost
     */
    void send(int member, byte[] message);

    /**
     * The next message of another member.
     *
     * @throws GroupException if it is lost, or says nothing for too long
     */
    byte[] receive(int member);
}

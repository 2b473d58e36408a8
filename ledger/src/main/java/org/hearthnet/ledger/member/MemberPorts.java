package org.hearthnet.ledger.member;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.consensus.Contradiction;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.consensus.Timer;
import org.hearthnet.ledger.finality.SealedBlock;

/** What a member needs of the world. */
public final class MemberPorts {
    private MemberPorts() {}

    /** The chain. */
    public interface Ledger {
        /** The last final header. */
        BlockHeader tip();

        /** Who votes at {@code height}, at most one above the tip's. */
        Committee committee(long height);

        /** A block for {@code view} of the next height; nothing if none can be made now. */
        Optional<Block> build(int view);

        /** Why {@code block} cannot follow the tip, if it cannot. */
        Optional<String> judge(Block block);

        /** Stores a final block; the reason if it is refused, which means that this machine computes wrongly. */
        Optional<String> append(SealedBlock block);
    }

    /** Other members. Whatever is lost is sent again. */
    public interface Outbox {
        /** Sends to every member of {@code committee} but this one. */
        void broadcast(Committee committee, Message message);

        /** Sends to one. */
        void send(NodeId to, Message message);
    }

    /** Time. */
    public interface Clock {
        /** Milliseconds since 1970. */
        long nowMs();

        /** Calls {@link Member#elapsed} after a while. */
        void arm(Timer timer, long delayMs);

        /** Calls {@link Member#buildNow} after a while. */
        void armBuild(long height, int view, long delayMs);
    }

    /** What else a member finds out. */
    public interface Observer {
        /** A final block with this hash is missing here. */
        void missing(long height, Hash32 block);

        /** {@code peer} says that it works at {@code height}. */
        void behind(NodeId peer, long height);

        /** A member has contradicted itself. */
        void contradiction(Contradiction contradiction);

        /** A peer sent what no honest one sends. */
        void hostile(NodeId from, String why);

        /** A final block was stored by this member. */
        void decided(SealedBlock block);

        /** The chain refused a final block: nothing more can be done here. */
        void broken(String why);
    }
}

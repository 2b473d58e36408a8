package org.hearthnet.node.sim.gossip;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.MessageId;
import org.hearthnet.node.p2p.gossipsub.Rpc;

/** Announces messages that do not exist to all its neighbours, several times a second, and gives none away. */
final class HaveSpammer extends Withholder {
    private static final int IDS = 100;
    private static final int TIMES = 3;

    HaveSpammer(World world, PeerId id) {
        super(world, id);
    }

    @Override
    void heartbeat() {
        super.heartbeat();
        for (int i = 0; i < TIMES; i++) {
            Rpc spam = new Rpc(
                    List.of(),
                    List.of(),
                    0,
                    List.of(new Rpc.IHave(World.TOPIC, bogus())),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
            List.copyOf(links.keySet()).forEach(peer -> world.send(this, peer.id, spam));
        }
    }

    private List<MessageId> bogus() {
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < IDS; i++) {
            byte[] id = new byte[MessageId.SIZE];
            world.random().nextBytes(id);
            ids.add(MessageId.of(id));
        }
        return ids;
    }
}

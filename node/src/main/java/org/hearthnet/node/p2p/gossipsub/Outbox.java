package org.hearthnet.node.p2p.gossipsub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.node.p2p.PeerId;

/** Effects of one step. What goes to one peer goes in one RPC (gossipsub v1.0, Control Message Piggybacking). */
final class Outbox {
    /** Ids that an RPC carries at most; further ones are left out, as there are more heartbeats. */
    private static final int MAX_IDS = RpcCodec.MAX_IDS;

    private static final class Draft {
        final List<Rpc.Subscription> subscriptions = new ArrayList<>();
        final List<Rpc.IHave> ihave = new ArrayList<>();
        final List<MessageId> iwant = new ArrayList<>();
        final List<String> graft = new ArrayList<>();
        final List<Rpc.Prune> prune = new ArrayList<>();
        final List<MessageId> dontWant = new ArrayList<>();
        int announced;

        Rpc toRpc() {
            return new Rpc(subscriptions, List.of(), 0, ihave, iwant, graft, prune, dontWant);
        }
    }

    private final List<Effect> effects = new ArrayList<>();
    private final Map<PeerId, Draft> drafts = new LinkedHashMap<>();

    private Draft to(PeerId peer) {
        return drafts.computeIfAbsent(peer, key -> new Draft());
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void subscription(PeerId peer, String topic, boolean subscribe) {
        to(peer).subscriptions.add(new Rpc.Subscription(topic, subscribe));
    }

    void graft(PeerId peer, String topic) {
        to(peer).graft.add(topic);
    }

    void prune(PeerId peer, Rpc.Prune prune) {
        to(peer).prune.add(prune);
    }

    void have(PeerId peer, String topic, List<MessageId> ids) {
        Draft draft = to(peer);
        List<MessageId> fitting = ids.subList(0, Math.min(ids.size(), MAX_IDS - draft.announced));
        if (!fitting.isEmpty()) {
            draft.ihave.add(new Rpc.IHave(topic, fitting));
            draft.announced += fitting.size();
        }
    }

    void want(PeerId peer, List<MessageId> ids) {
        Draft draft = to(peer);
        draft.iwant.addAll(ids.subList(0, Math.min(ids.size(), MAX_IDS - draft.iwant.size())));
    }

    void dontWant(PeerId peer, MessageId id) {
        to(peer).dontWant.add(id);
    }

    /** All effects: control messages first, as a GRAFT must not come after what it is about. */
    List<Effect> take() {
        List<Effect> out = new ArrayList<>();
        drafts.forEach((peer, draft) -> out.add(new Effect.Send(peer, draft.toRpc())));
        out.addAll(effects);
        return out;
    }
}

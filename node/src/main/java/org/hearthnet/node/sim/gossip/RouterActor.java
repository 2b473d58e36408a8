package org.hearthnet.node.sim.gossip;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.Effect;
import org.hearthnet.node.p2p.gossipsub.Input;
import org.hearthnet.node.p2p.gossipsub.MeshParams;
import org.hearthnet.node.p2p.gossipsub.Message;
import org.hearthnet.node.p2p.gossipsub.Router;
import org.hearthnet.node.p2p.gossipsub.RouterLimits;
import org.hearthnet.node.p2p.gossipsub.Rpc;
import org.hearthnet.node.p2p.gossipsub.ScoreParams;
import org.hearthnet.node.p2p.gossipsub.Verdict;
import org.hearthnet.node.p2p.gossipsub.Version;

/** A peer that runs the router as a node does; attackers change what becomes of its effects. */
class RouterActor extends Actor {
    /** What checking a message takes. */
    private static final long VALIDATION_MS = 2;

    /** Whom it has graylisted and therefore hung up on. */
    private final Set<Actor> shunned = new HashSet<>();

    private final Router router;
    private int heartbeats;

    RouterActor(World world, PeerId id) {
        super(world, id);
        MeshParams params = MeshParams.DEFAULT;
        this.router = new Router(id, params, ScoreParams.DEFAULT, RouterLimits.DEFAULT, world.random());
        step(new Input.Join(World.TOPIC));
    }

    @Override
    boolean isHonest() {
        return true;
    }

    @Override
    boolean welcomes(Actor other) {
        return super.welcomes(other) && !shunned.contains(other);
    }

    @Override
    void linked(Actor other, boolean dialled) {
        super.linked(other, dialled);
        step(new Input.PeerUp(other.id, Version.V1_2, dialled, ""));
    }

    @Override
    void unlinked(Actor other) {
        super.unlinked(other);
        step(new Input.PeerDown(other.id));
    }

    @Override
    void receive(Actor from, Rpc rpc) {
        step(new Input.Received(from.id, rpc));
    }

    /** Looks for more peers every few heartbeats, as discovery would. */
    @Override
    void heartbeat() {
        step(new Input.Heartbeat());
        if (heartbeats++ % 5 == 0) {
            for (long missing = world.plan().dials() - dialled(); missing > 0; missing--) {
                world.dial(this, world.anybody());
            }
        }
    }

    void publish(Message message) {
        step(new Input.Publish(message));
    }

    private void step(Input input) {
        perform(router.step(input, world.nowMs()));
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Send(PeerId peer, Rpc rpc) -> send(peer, rpc);
                case Effect.Forward(Message message, List<PeerId> peers) -> forward(message, peers);
                case Effect.Validate(Message message, PeerId from) -> {
                    Verdict verdict = World.isValid(message) ? Verdict.ACCEPT : Verdict.REJECT;
                    world.after(VALIDATION_MS, this, () -> step(new Input.Judged(message, from, verdict)));
                }
                case Effect.Deliver(Message message, PeerId from) ->
                    world.tally().delivered(this, message);
                case Effect.Connect(List<PeerId> peers) -> peers.forEach(peer -> world.dial(this, peer));
                case Effect.Graylisted(PeerId peer) -> world.find(peer).ifPresent(this::shun);
            }
        }
    }

    /** A node hangs up on whom it ignores, and is not at home for it for some minutes. */
    private void shun(Actor peer) {
        shunned.add(peer);
        if (links.containsKey(peer)) {
            world.tally().shunned(this, peer);
            world.unlink(this, peer);
        }
    }

    void send(PeerId peer, Rpc rpc) {
        world.send(this, peer, rpc);
    }

    void forward(Message message, List<PeerId> peers) {
        Rpc rpc = Rpc.publishing(List.of(message));
        peers.forEach(peer -> world.send(this, peer, rpc));
    }
}

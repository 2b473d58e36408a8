package org.hearthnet.node.p2p.gossipsub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.TestHosts;

/** One router and what it says, for tests that speak for its neighbours. */
final class RouterBench {
    static final String TOPIC = "t";
    static final PeerId SELF = TestHosts.identity(1).peerId();
    private static final byte[] SIGNATURE = new byte[64];

    final Router router;
    long nowMs = 1_000;
    private long sequence;

    RouterBench() {
        this(MeshParams.DEFAULT, ScoreParams.DEFAULT, RouterLimits.DEFAULT);
    }

    RouterBench(MeshParams mesh, ScoreParams scores, RouterLimits limits) {
        router = new Router(SELF, mesh, scores, limits, new SplittableRandom(7));
    }

    static PeerId peer(int number) {
        return TestHosts.identity(1_000 + number).peerId();
    }

    List<Effect> step(Input input) {
        return router.step(input, nowMs);
    }

    RouterBench join() {
        step(new Input.Join(TOPIC));
        return this;
    }

    List<Effect> up(int number, boolean outbound) {
        return step(new Input.PeerUp(peer(number), Version.V1_2, outbound, ""));
    }

    List<Effect> subscribe(int number) {
        return receive(
                number,
                new Rpc(
                        List.of(new Rpc.Subscription(TOPIC, true)),
                        List.of(),
                        0,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    /** Peers {@code from} to {@code to}, the latter excluded, connected by themselves and in the topic. */
    RouterBench neighbours(int from, int to) {
        for (int i = from; i < to; i++) {
            up(i, false);
            subscribe(i);
        }
        return this;
    }

    List<Effect> receive(int number, Rpc rpc) {
        return step(new Input.Received(peer(number), rpc));
    }

    List<Effect> graft(int number) {
        return receive(
                number, new Rpc(List.of(), List.of(), 0, List.of(), List.of(), List.of(TOPIC), List.of(), List.of()));
    }

    List<Effect> prune(int number, long backoffSeconds, PeerId... offered) {
        Rpc.Prune prune = new Rpc.Prune(TOPIC, List.of(offered), backoffSeconds);
        return receive(
                number, new Rpc(List.of(), List.of(), 0, List.of(), List.of(), List.of(), List.of(prune), List.of()));
    }

    List<Effect> have(int number, MessageId... ids) {
        return receive(
                number,
                new Rpc(
                        List.of(),
                        List.of(),
                        0,
                        List.of(new Rpc.IHave(TOPIC, List.of(ids))),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    List<Effect> want(int number, MessageId... ids) {
        return receive(
                number, new Rpc(List.of(), List.of(), 0, List.of(), List.of(ids), List.of(), List.of(), List.of()));
    }

    List<Effect> dontWant(int number, MessageId... ids) {
        return receive(
                number, new Rpc(List.of(), List.of(), 0, List.of(), List.of(), List.of(), List.of(), List.of(ids)));
    }

    Message message(int author) {
        return message(author, 10);
    }

    Message message(int author, int size) {
        byte[] data = new byte[size];
        return Message.unauthentic(peer(author), TOPIC, sequence++, data, SIGNATURE);
    }

    List<Effect> send(int number, Message message) {
        return receive(number, Rpc.publishing(List.of(message)));
    }

    /** Comes from a peer and is judged at once. */
    List<Effect> deliver(int number, Message message, Verdict verdict) {
        send(number, message);
        return step(new Input.Judged(message, peer(number), verdict));
    }

    List<Effect> heartbeat() {
        nowMs += MeshParams.DEFAULT.heartbeatMs();
        return step(new Input.Heartbeat());
    }

    List<Effect> heartbeats(int count) {
        List<Effect> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.addAll(heartbeat());
        }
        return out;
    }

    Message own(String text) {
        return Message.sign(TestHosts.identity(1), TOPIC, sequence++, text.getBytes(StandardCharsets.UTF_8));
    }

    static MessageId id(int number) {
        byte[] bytes = new byte[MessageId.SIZE];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return MessageId.of(bytes);
    }

    static List<Rpc> sent(List<Effect> effects, PeerId peer) {
        return effects.stream()
                .filter(e -> e instanceof Effect.Send send && send.peer().equals(peer))
                .map(e -> ((Effect.Send) e).rpc())
                .toList();
    }

    static List<PeerId> forwarded(List<Effect> effects, Message message) {
        return effects.stream()
                .filter(e -> e instanceof Effect.Forward f && f.message().id().equals(message.id()))
                .flatMap(e -> ((Effect.Forward) e).peers().stream())
                .toList();
    }

    static boolean has(List<Effect> effects, Class<? extends Effect> type) {
        return effects.stream().anyMatch(type::isInstance);
    }
}

package org.hearthnet.node.pipeline.group;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.ProtocolLimits;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.pipeline.group.GroupMessage.Setup;
import org.hearthnet.node.pipeline.wire.Peers;

/** Serves shares of stages to one leader. Nobody else is heard, except the leader's other workers while a group stands. */
public final class WorkerService implements AutoCloseable {
    /** Groups at once: as many as a leader keeps spans. */
    private static final int MAX_GROUPS = 3;

    private static final ProtocolLimits CONTROLS = new ProtocolLimits(MAX_GROUPS, MAX_GROUPS);
    private static final ProtocolLimits LINKS = new ProtocolLimits(4 * MAX_GROUPS, 64);

    private final Host host;
    private final PeerId leader;
    private final Model model;
    private final GroupTimes times;
    private final Consumer<String> log;
    private final Map<Hash32, WorkerSession> sessions = new HashMap<>();

    /**
     * What this worker computes with.
     *
     * @param file stays open as long as the service
     * @param manifest {@link #modelId} of the file
     * @param kernel a name that {@code Kernels} knows
     * @param cacheBytes memory for the caches of one group
     */
    public record Model(GgufFile file, Hash32 manifest, String kernel, int threads, long cacheBytes) {}

    /** What names a model between members: its manifest's hash without the name, which each owner may choose. */
    public static Hash32 modelId(ModelManifest manifest) {
        return manifest.withName("").id();
    }

    /** Begins to serve {@code leader}. */
    public WorkerService(Host host, PeerId leader, Model model, GroupTimes times, Consumer<String> log) {
        this.host = host;
        this.leader = leader;
        this.model = model;
        this.times = times;
        this.log = log;
        host.handle(GroupMessage.CONTROL, CONTROLS, this::serve);
        host.handle(GroupMessage.LINK, LINKS, this::join);
    }

    private void serve(Stream stream) throws IOException {
        if (!stream.remotePeer().equals(leader)) {
            throw P2pException.protocol("this worker serves another leader");
        }
        var control = new ControlStream(stream);
        if (!(control.receive(Deadline.in(times.connect())) instanceof Setup setup)) {
            throw P2pException.protocol("a group begins with its set-up");
        }
        try {
            check(setup);
        } catch (IllegalArgumentException e) {
            refuse(control, e);
            return;
        }
        var session = new WorkerSession(host, setup, model, times, control);
        synchronized (this) {
            if (sessions.putIfAbsent(setup.group(), session) != null) {
                throw P2pException.protocol("this group stands already");
            }
        }
        try (session) {
            log.accept("member " + setup.member() + " of " + setup.members().size() + " for layers " + setup.span());
            session.run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            refuse(control, e);
        } catch (IOException e) {
            log.accept("the group for layers " + setup.span() + " has ended: " + e.getMessage());
        } finally {
            synchronized (this) {
                sessions.remove(setup.group());
            }
        }
    }

    private void refuse(ControlStream control, RuntimeException why) throws IOException {
        String reason = String.valueOf(why.getMessage());
        log.accept("refused a group: " + reason);
        int most = GroupMessage.MAX_REASON / 4;
        control.send(
                new GroupMessage.Refused(reason.length() > most ? reason.substring(0, most) : reason),
                Deadline.in(times.connect()));
    }

    private void check(Setup setup) {
        if (!setup.manifest().equals(model.manifest())) {
            throw new IllegalArgumentException("the model here is "
                    + model.manifest().shortHex() + ", not " + setup.manifest().shortHex());
        }
        List<GroupMessage.Member> members = setup.members();
        int own = setup.member();
        if (own < 1 || own >= members.size() || !members.get(own).id().equals(Peers.node(host.id()))) {
            throw new IllegalArgumentException("the set-up does not name this worker");
        }
    }

    private void join(Stream stream) throws IOException {
        var first = new ControlStream(stream);
        if (!(first.receive(Deadline.in(times.connect())) instanceof GroupMessage.Join join)) {
            throw P2pException.protocol("a link begins with the group it is for");
        }
        WorkerSession session;
        synchronized (this) {
            session = sessions.get(join.group());
        }
        if (session == null) {
            throw P2pException.protocol("no such group stands here");
        }
        session.join(join.member(), stream);
    }

    @Override
    public void close() {
        host.unhandle(GroupMessage.CONTROL);
        host.unhandle(GroupMessage.LINK);
        List<WorkerSession> all;
        synchronized (this) {
            all = List.copyOf(sessions.values());
        }
        all.forEach(WorkerSession::hangUp);
    }
}

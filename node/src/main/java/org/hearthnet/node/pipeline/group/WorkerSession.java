package org.hearthnet.node.pipeline.group;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.inference.exec.GroupDirector;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.KvExhaustedException;
import org.hearthnet.inference.exec.LayerRange;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.Step;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.inference.tensor.Group;
import org.hearthnet.inference.tensor.GroupException;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.pipeline.wire.Peers;

/** One worker's part in one group, from loading its share to the end of the leader's stream. */
final class WorkerSession implements AutoCloseable {
    /** Sequences that the leader may have open. */
    private static final int MAX_SEQUENCES = 1024;

    private final Host host;
    private final GroupMessage.Setup setup;
    private final WorkerService.Model model;
    private final GroupTimes times;
    private final ControlStream control;
    private final MeshLink link;
    private final Map<Long, SequenceState> sequences = new HashMap<>();
    private final KvBudget budget;

    WorkerSession(
            Host host, GroupMessage.Setup setup, WorkerService.Model model, GroupTimes times, ControlStream control) {
        this.host = host;
        this.setup = setup;
        this.model = model;
        this.times = times;
        this.control = control;
        this.link = new MeshLink(setup.member(), setup.members().size(), times);
        this.budget = new KvBudget(model.cacheBytes());
    }

    /**
     * Loads, connects and works until the leader hangs up.
     *
     * @throws IllegalArgumentException if the model cannot be shared so, or a step is not one of this stage's
     */
    void run() throws IOException {
        try (Kernel kernel = Kernels.choose(model.kernel(), model.threads())) {
            var range = new LayerRange(setup.span().from(), setup.span().to());
            StageExecutor executor = StageExecutor.loadShare(
                    model.file(), range, kernel, new Group(link), GroupDirector.NONE, done -> {});
            control.send(new GroupMessage.Ready(), Deadline.in(times.connect()));
            connect();
            control.send(new GroupMessage.Ready(), Deadline.in(times.connect()));
            try {
                work(executor);
            } finally {
                sequences.values().forEach(SequenceState::close);
            }
        }
    }

    private void connect() throws IOException {
        if (!(control.receive(Deadline.in(times.load())) instanceof GroupMessage.Connect)) {
            throw P2pException.protocol("the group was to connect");
        }
        Deadline deadline = Deadline.in(times.connect());
        for (int m = setup.member() + 1; m < setup.members().size(); m++) {
            int member = m;
            GroupMessage.Member other = setup.members().get(m);
            PeerId peer = Peers.peer(other.id());
            host.addressBook().add(peer, Peers.addresses(other.addresses()));
            var stream = new ControlStream(host.openStream(peer, GroupMessage.LINK, deadline));
            stream.send(new GroupMessage.Join(setup.group(), setup.member()), deadline);
            link.join(member, stream.stream());
            Thread.ofVirtual().name("group-link-" + member).start(() -> link.read(member));
        }
        try {
            if (!link.awaitAll(deadline)) {
                throw P2pException.deadline("waiting for the other workers");
            }
        } catch (InterruptedException e) {
            throw P2pException.interrupted("waiting for the other workers");
        }
    }

    /** Another member has opened its stream; reads it to its end. */
    void join(int member, Stream stream) throws IOException {
        boolean expected = member >= 0
                && member < setup.member()
                && Peers.peer(setup.members().get(member).id()).equals(stream.remotePeer());
        if (!expected || !link.join(member, stream)) {
            throw P2pException.protocol("this link is not due");
        }
        link.read(member);
    }

    private void work(StageExecutor executor) throws IOException {
        while (true) {
            GroupMessage message = control.receive(Deadline.never());
            switch (message) {
                case GroupMessage.Run run -> run(executor, run.items());
                case GroupMessage.Close close -> {
                    SequenceState gone = sequences.remove(close.sequence());
                    if (gone != null) {
                        gone.close();
                    }
                }
                default ->
                    throw P2pException.protocol(
                            "the leader sent " + message.getClass().getSimpleName());
            }
        }
    }

    private void run(StageExecutor executor, List<GroupMessage.Item> items) throws IOException {
        List<Step> steps = new ArrayList<>();
        for (GroupMessage.Item item : items) {
            LogitsWanted[] wanted = LogitsWanted.values();
            if (item.logits() < 0 || item.logits() >= wanted.length) {
                throw new IllegalArgumentException("logits " + item.logits());
            }
            steps.add(new Step(
                    sequence(executor, item),
                    StepInput.of(
                            item.input().toArray(),
                            executor.isFirst(),
                            executor.config().hidden()),
                    wanted[item.logits()]));
        }
        try {
            executor.forward(steps);
        } catch (PoisonException | KvExhaustedException e) {
            // The leader sees the same, and decides what becomes of the sequence.
        } catch (GroupException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private SequenceState sequence(StageExecutor executor, GroupMessage.Item item) {
        SequenceState known = sequences.get(item.sequence());
        if (known == null) {
            if (sequences.size() >= MAX_SEQUENCES) {
                throw new IllegalStateException("more than " + MAX_SEQUENCES + " sequences are open");
            }
            known = executor.newSequence(item.limit(), budget);
            sequences.put(item.sequence(), known);
        }
        return known;
    }

    /** Ends the session from outside. */
    void hangUp() {
        link.close();
        control.reset();
    }

    @Override
    public void close() {
        link.close();
    }
}

package org.hearthnet.node.pipeline.group;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.inference.exec.GroupDirector;
import org.hearthnet.inference.exec.LayerRange;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.Step;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.tensor.Group;
import org.hearthnet.inference.tensor.GroupException;
import org.hearthnet.inference.tensor.GroupException.Kind;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.pipeline.wire.Peers;

/**
 * The first member of a group: tells its workers what to load and what to run, and has the results. The group works until one
 * of them is lost; then another must be formed.
 */
public final class GroupLeader implements GroupDirector, AutoCloseable {
    private final Host host;
    private final GroupTimes times;
    private final Hash32 name;
    private final List<ControlStream> workers = new ArrayList<>();
    private final MeshLink link;
    private final Map<SequenceState, Long> numbers = new IdentityHashMap<>();
    private long nextNumber;

    /**
     * What a group is formed of.
     *
     * @param host this node
     * @param workers where its workers are reached, with their peer ids
     * @param name a random name that nobody else knows
     */
    public record Plan(Host host, List<Multiaddr> workers, Hash32 name, GroupTimes times) {}

    /** What it is to run. */
    public record Stage(GgufFile file, Hash32 manifest, LayerSpan span, Kernel kernel) {}

    private GroupLeader(Plan plan) {
        this.host = plan.host();
        this.times = plan.times();
        this.name = plan.name();
        this.link = new MeshLink(0, plan.workers().size() + 1, times);
    }

    /** A group that is ready. */
    public record Formed(GroupLeader leader, StageExecutor executor) {}

    /**
     * Connects with the workers and loads everybody's share.
     *
     * @throws IOException if a worker cannot be reached or refuses, or the model cannot be shared by so many; the text says why
     */
    public static Formed form(Plan plan, Stage stage) throws IOException {
        var leader = new GroupLeader(plan);
        try {
            leader.setUp(plan.workers(), stage);
            StageExecutor executor = StageExecutor.loadShare(
                    stage.file(),
                    new LayerRange(stage.span().from(), stage.span().to()),
                    stage.kernel(),
                    new Group(leader.link),
                    leader,
                    done -> {});
            leader.connect();
            return new Formed(leader, executor);
        } catch (IllegalArgumentException e) {
            leader.close();
            throw new IOException(e.getMessage(), e); // the model cannot be shared by so many
        } catch (IOException | RuntimeException e) {
            leader.close();
            throw e;
        }
    }

    private void setUp(List<Multiaddr> addresses, Stage stage) throws IOException {
        List<GroupMessage.Member> members = new ArrayList<>();
        members.add(new GroupMessage.Member(Peers.node(host.id()), List.of()));
        for (Multiaddr address : addresses) {
            var connection = host.dial(address, Deadline.in(times.connect()));
            members.add(new GroupMessage.Member(Peers.node(connection.remotePeer()), List.of(address.toString())));
            workers.add(new ControlStream(
                    connection.openStream(List.of(GroupMessage.CONTROL), Deadline.in(times.connect()))));
        }
        for (int m = 1; m < members.size(); m++) {
            var setup = new GroupMessage.Setup(name, stage.manifest(), stage.span(), m, List.copyOf(members));
            workers.get(m - 1).send(setup, Deadline.in(times.connect()));
        }
    }

    private void connect() throws IOException {
        awaitReady(Deadline.in(times.load()));
        for (int m = 1; m <= workers.size(); m++) {
            int member = m;
            ControlStream worker = workers.get(m - 1);
            var stream = new ControlStream(
                    host.openStream(worker.stream().remotePeer(), GroupMessage.LINK, Deadline.in(times.connect())));
            stream.send(new GroupMessage.Join(name, 0), Deadline.in(times.connect()));
            link.join(member, stream.stream());
            Thread.ofVirtual().name("group-link-" + member).start(() -> link.read(member));
        }
        for (ControlStream worker : workers) {
            worker.send(new GroupMessage.Connect(), Deadline.in(times.connect()));
        }
        awaitReady(Deadline.in(times.connect()));
        for (int m = 1; m <= workers.size(); m++) {
            ControlStream worker = workers.get(m - 1);
            Thread.ofVirtual().name("group-control-" + m).start(() -> watch(worker));
        }
    }

    private void awaitReady(Deadline deadline) throws IOException {
        for (int m = 1; m <= workers.size(); m++) {
            GroupMessage answer = workers.get(m - 1).receive(deadline);
            switch (answer) {
                case GroupMessage.Ready ready -> {}
                case GroupMessage.Refused no -> throw new IOException("worker " + m + " refuses: " + no.reason());
                default ->
                    throw P2pException.protocol(
                            "worker " + m + " sent " + answer.getClass().getSimpleName());
            }
        }
    }

    /** A worker says nothing while it works: whatever comes is its end. */
    private void watch(ControlStream worker) {
        try {
            worker.receive(Deadline.never());
        } catch (IOException e) {
            // It is lost, which the link tells those who wait for it.
        }
        link.close();
    }

    @Override
    public void steps(List<Step> steps) {
        List<GroupMessage.Item> items = new ArrayList<>();
        for (Step step : steps) {
            items.add(new GroupMessage.Item(
                    number(step.sequence()),
                    step.sequence().limit(),
                    step.logits().ordinal(),
                    Bytes.owned(StepInput.bytes(step.input()))));
        }
        var run = new GroupMessage.Run(items);
        for (int m = 1; m <= workers.size(); m++) {
            try {
                workers.get(m - 1).send(run, Deadline.in(times.exchange()));
            } catch (IOException e) {
                link.close();
                throw new GroupException(Kind.LOST, m, String.valueOf(e.getMessage()));
            }
        }
    }

    private synchronized long number(SequenceState sequence) {
        return numbers.computeIfAbsent(sequence, s -> nextNumber++);
    }

    @Override
    public void closed(SequenceState sequence) {
        Long number;
        synchronized (this) {
            number = numbers.remove(sequence);
        }
        if (number == null) {
            return;
        }
        for (ControlStream worker : workers) {
            try {
                worker.send(new GroupMessage.Close(number), Deadline.in(times.exchange()));
            } catch (IOException e) {
                link.close(); // it would keep the memory
            }
        }
    }

    /** Ends the group; whoever waits for it is told so. */
    @Override
    public void close() {
        link.close();
        workers.forEach(ControlStream::reset);
    }
}

package org.hearthnet.node.pipeline.group;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.pipeline.stage.SharedSpans;

/** The workers that a node was told of, all of which take part in each of its groups. */
public final class GroupWorkers implements SharedSpans.Workers {
    private final Host host;
    private final List<Multiaddr> addresses;
    private final GgufFile file;
    private final Hash32 manifest;
    private final GroupTimes times;
    private final Supplier<Hash32> names;
    private final Consumer<String> log;

    /**
     * Workers at {@code addresses}, which end with their peer ids.
     *
     * @param file the model, here; the workers have files of their own
     * @param manifest its {@link WorkerService#modelId}
     * @param names random names that nobody can guess
     */
    public GroupWorkers(
            Host host,
            List<Multiaddr> addresses,
            GgufFile file,
            Hash32 manifest,
            GroupTimes times,
            Supplier<Hash32> names,
            Consumer<String> log) {
        this.host = host;
        this.addresses = List.copyOf(addresses);
        this.file = file;
        this.manifest = manifest;
        this.times = times;
        this.names = names;
        this.log = log;
    }

    @Override
    public SharedSpans.Shared share(LayerSpan span, Kernel kernel) throws IOException {
        var plan = new GroupLeader.Plan(host, addresses, names.get(), times);
        GroupLeader.Formed formed = GroupLeader.form(plan, new GroupLeader.Stage(file, manifest, span, kernel));
        log("layers " + span + " are shared with " + addresses.size() + " workers");
        return new SharedSpans.Shared(formed.executor(), formed.leader()::close);
    }

    @Override
    public void log(String line) {
        log.accept(line);
    }
}

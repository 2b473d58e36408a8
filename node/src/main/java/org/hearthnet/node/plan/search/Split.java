package org.hearthnet.node.plan.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.HostKind;
import org.hearthnet.node.plan.Link;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.NetworkKind;
import org.hearthnet.node.plan.Pipeline;
import org.hearthnet.node.plan.Stage;

/**
 * Where the cards are and how they share the model.
 *
 * @param device every card
 * @param host the kind of host
 * @param hosts how many
 * @param cardsPerHost in each
 * @param network between hosts; nothing if there is one
 * @param tensor cards that share each layer; within a host, or whole hosts
 * @param stages groups of them, one after another
 */
public record Split(
        Device device,
        HostKind host,
        int hosts,
        int cardsPerHost,
        Optional<NetworkKind> network,
        int tensor,
        int stages) {
    /** Cards in all. */
    public int cards() {
        return hosts * cardsPerHost;
    }

    /** Whether a group of cards that share layers is larger than a host. */
    public boolean tensorAcrossHosts() {
        return tensor > cardsPerHost;
    }

    /** Price of cards, hosts, network cards and ports. */
    public double usd() {
        return cards() * device.usd()
                + hosts * host.usd()
                + network.map(n -> n.usd(hosts)).orElse(0.0);
    }

    /** Power of cards and hosts. */
    public double watts() {
        return cards() * device.watts() + hosts * host.watts();
    }

    /** As the cost model takes it. */
    public Pipeline pipeline(ModelShape model) {
        List<Stage> out = new ArrayList<>();
        Link inner = tensorAcrossHosts() ? between() : device.bus();
        for (int layers : Pipeline.divide(model, stages)) {
            out.add(new Stage(device, tensor, inner, layers));
        }
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < stages && stages > 1; i++) {
            links.add(hostOf(i) == hostOf((i + 1) % stages) ? device.bus() : between());
        }
        return new Pipeline(model, out, links);
    }

    private int hostOf(int stage) {
        return stage * tensor / cardsPerHost;
    }

    private Link between() {
        return network.orElseThrow().link();
    }

    /** For people. */
    public String describe() {
        String cards = hosts + " x " + host.name() + (cardsPerHost > 1 ? " (" + cardsPerHost + " cards)" : "");
        String how;
        if (stages == 1) {
            how = tensor == 1 ? "one card" : "tensor " + tensor;
        } else {
            how = tensor == 1 ? "pipeline " + stages : "tensor " + tensor + ", pipeline " + stages;
        }
        return cards + network.map(n -> ", " + n.name()).orElse("") + ": " + how;
    }
}

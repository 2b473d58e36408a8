package org.hearthnet.node.plan;

import static org.hearthnet.node.plan.PlanException.require;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A model divided among stages in a ring.
 *
 * @param model what runs
 * @param stages in the order of the layers, all layers together
 * @param links link {@code i} leads from stage {@code i} to the next, the last one from the last stage back to the first;
 *     none if there is one stage only
 */
public record Pipeline(ModelShape model, List<Stage> stages, List<Link> links) {
    /** Checks that stages cover the model and links join them. */
    public Pipeline {
        stages = List.copyOf(stages);
        links = List.copyOf(links);
        require(!stages.isEmpty(), "a pipeline needs at least one stage");
        int layers = stages.stream().mapToInt(Stage::layers).sum();
        require(
                layers == model.layers(),
                "the stages have " + layers + " layers together, but " + model.name() + " has " + model.layers());
        int wanted = stages.size() == 1 ? 0 : stages.size();
        require(
                links.size() == wanted,
                stages.size() + " stages need " + wanted + " links, the last one back to the first; there are "
                        + links.size());
    }

    /** With the same link everywhere. */
    public static Pipeline over(ModelShape model, List<Stage> stages, Link link) {
        return new Pipeline(model, stages, stages.size() == 1 ? List.of() : Collections.nCopies(stages.size(), link));
    }

    /** {@code stages} stages of {@code tensor} devices each, the layers divided as evenly as they can be. */
    public static Pipeline even(ModelShape model, int stages, Device device, int tensor, Link inner, Link between) {
        List<Stage> out = new ArrayList<>();
        for (int layers : divide(model, stages)) {
            out.add(new Stage(device, tensor, inner, layers));
        }
        return over(model, out, between);
    }

    /** The layers of {@code stages} stages, as even as can be, the larger ones first. */
    public static List<Integer> divide(ModelShape model, int stages) {
        require(stages > 0, "a pipeline needs at least one stage");
        require(
                stages <= model.layers(),
                model.name() + " has " + model.layers() + " layers, too few for " + stages + " stages: give at most "
                        + model.layers());
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < stages; i++) {
            out.add(model.layers() / stages + (i < model.layers() % stages ? 1 : 0));
        }
        return out;
    }

    /** Devices in all. */
    public int devices() {
        return stages.stream().mapToInt(Stage::devices).sum();
    }
}

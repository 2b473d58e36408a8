package org.hearthnet.node.service;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.DeviceException;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.inference.kernel.SelfCheck;
import org.hearthnet.inference.manifest.ManifestBuilder;
import org.hearthnet.node.service.fault.Fault;

/** What has to be right before a node mines: a wrong bit costs the bond. */
public final class MiningChecks {
    private MiningChecks() {}

    /**
     * Runs the kernel's self-check.
     *
     * @return the kernel's name for people
     * @throws MiningException if it computes other bits than the network's, or cannot run here
     */
    public static String kernel(String name, int threads) throws MiningException {
        try (Kernel kernel = Kernels.choose(name, threads)) {
            List<String> failed = SelfCheck.run(kernel);
            if (!failed.isEmpty()) {
                throw MiningException.check(
                        "kernel " + kernel.name() + " computes other bits than the network's in " + failed
                                + ": this machine must not mine with it. Try --kernel reference, and test the memory.");
            }
            return kernel.name();
        } catch (IllegalArgumentException e) {
            throw MiningException.usage(String.valueOf(e.getMessage()));
        } catch (DeviceException e) {
            throw MiningException.check("kernel " + name + " does not work here: " + e.getMessage());
        }
    }

    /**
     * Rebuilds the manifest of {@code file}, which reads every weight, and compares it with the approved ones.
     *
     * @throws MiningException if the network has not approved this model
     */
    public static ModelManifest model(ChainSpec spec, GgufFile file, String name)
            throws GgufException, MiningException {
        ModelManifest built = ManifestBuilder.of(file, name);
        // A model's name is for people only, but part of what was approved.
        for (ModelManifest approved : spec.models()) {
            if (built.withName(approved.name()).id().equals(approved.id())) {
                return approved;
            }
        }
        String names = spec.models().stream().map(ModelManifest::name).collect(Collectors.joining(", "));
        throw MiningException.check("this file is none of the models that network " + spec.name() + " approved ("
                + (names.isEmpty() ? "it has none" : names) + "): its weights or its tokenizer differ");
    }

    /** Refuses faults outside demo networks, and layers that the model does not have. */
    public static void options(ChainSpec spec, ModelManifest manifest, LayerSpan layers, Optional<Fault> fault)
            throws MiningException {
        if (fault.isPresent() && !spec.demo()) {
            throw MiningException.usage("network " + spec.name() + " is no demo network: a node with the fault "
                    + fault.get() + " would lose its bond there");
        }
        if (layers.to() > manifest.shape().layers()) {
            throw MiningException.usage("there are no layers " + layers + ": " + manifest.name() + " has "
                    + manifest.shape().layers() + ", counted from 0");
        }
    }
}

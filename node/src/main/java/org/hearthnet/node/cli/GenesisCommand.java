package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.manifest.ManifestBuilder;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.pipeline.text.DefaultModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth genesis}: makes or inspects the file that is a network. */
@Command(name = "genesis", description = "Make or inspect a network.", synopsisSubcommandLabel = "COMMAND")
final class GenesisCommand {
    /** Bonds of first veterans, in minimum bonds: enough for receipts of some size, see the exposure cap. */
    private static final long BONDS = 20;

    private static final Amount VETERANS_BALANCE = Amount.credits(20);
    private static final Amount FAUCET = Amount.credits(1_000_000);

    private GenesisCommand() {}

    @Command(
            name = "new",
            description = "Write a genesis file: who proposes, who is trusted first, which models count.")
    int create(
            @Option(names = "--out", required = true, description = "The file to write.") Path out,
            @Option(names = "--name", required = true, description = "The network's name, for people.") String name,
            @Option(names = "--demo", description = "A network to look at on one machine: seconds instead of days.")
                    boolean demo,
            @Option(names = "--proposer", required = true, paramLabel = "ID", description = "Who makes the blocks.")
                    String proposer,
            @Option(names = "--veteran", paramLabel = "LABEL=ID", description = "A first veteran; repeatable.")
                    Map<String, String> veterans,
            @Option(
                            names = "--account",
                            paramLabel = "LABEL=ID:CREDITS",
                            description = "A first account with credits; repeatable.")
                    Map<String, String> accounts,
            @Option(
                            names = "--model",
                            paramLabel = "FILE",
                            description = "A GGUF file that counts; repeatable; the model in the box if not given.")
                    List<Path> models,
            @Option(names = "--set", paramLabel = "PARAMETER=VALUE", description = "Change a number; repeatable.")
                    Map<String, String> settings,
            @Mixin Output output)
            throws IOException {
        if (Files.exists(out)) {
            throw CommandException.usage(out + " exists already; a genesis file is never overwritten");
        }
        ChainSpec spec;
        try {
            Parameters parameters = NetworkPreset.with(
                    demo ? NetworkPreset.demo() : NetworkPreset.real(), settings == null ? Map.of() : settings);
            spec = new ChainSpec(
                    name,
                    demo,
                    System.currentTimeMillis(),
                    node(proposer),
                    parameters,
                    allocations(parameters, orEmpty(veterans), orEmpty(accounts)),
                    manifests(models == null ? List.of() : models));
            ChainSpec.KIND.codec().encode(spec);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
        SpecJson.write(out, spec);
        return print(spec, output);
    }

    @Command(name = "show", description = "Show what a genesis file says.")
    int show(
            @picocli.CommandLine.Parameters(paramLabel = "FILE", description = "The genesis file.") Path file,
            @Mixin Output output)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.unavailable("there is no file " + file);
        }
        return print(SpecJson.read(file), output);
    }

    private static Map<String, String> orEmpty(Map<String, String> given) {
        return given == null ? Map.of() : given;
    }

    private static NodeId node(String hex) {
        try {
            return NodeId.fromHex(hex.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + hex + "' is no account id: 64 hexadecimal digits, as hearth key show prints them", e);
        }
    }

    private static List<ChainSpec.Allocation> allocations(
            Parameters parameters, Map<String, String> veterans, Map<String, String> accounts) {
        List<ChainSpec.Allocation> out = new ArrayList<>();
        if (!parameters.faucetGrant().isZero()) {
            // The ledger alone pays from it: nobody has the key of an account that is a hash.
            NodeId nobody = new NodeId(Hashing.in("hearth/faucet/1").finish());
            out.add(new ChainSpec.Allocation(nobody, "faucet", FAUCET, Amount.ZERO, 0));
        }
        veterans.forEach((label, id) -> out.add(new ChainSpec.Allocation(
                node(id),
                label,
                VETERANS_BALANCE,
                parameters.minimumBond().times(BONDS),
                parameters.graduationReputation())));
        accounts.forEach((label, value) -> {
            int colon = value.lastIndexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("--account is LABEL=ID:CREDITS, not " + label + "=" + value);
            }
            Amount credits = NetworkPreset.credits(value.substring(colon + 1));
            out.add(new ChainSpec.Allocation(node(value.substring(0, colon)), label, credits, Amount.ZERO, 0));
        });
        return out;
    }

    private static List<ModelManifest> manifests(List<Path> files) throws IOException {
        List<ModelManifest> out = new ArrayList<>();
        if (files.isEmpty()) {
            try (GgufFile file = GgufFile.open(DefaultModelFile.path())) {
                out.add(ManifestBuilder.of(file, DefaultModelFile.NAME));
            }
        }
        for (Path path : files) {
            try (GgufFile file = GgufFile.open(path)) {
                out.add(ManifestBuilder.of(file, ModelOption.nameOf(path)));
            }
        }
        return out;
    }

    private static int print(ChainSpec spec, Output output) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", spec.id());
        document.put("name", spec.name());
        document.put("demo", spec.demo());
        document.put("proposer", spec.proposer());
        document.put("parameters", spec.parameters());
        document.put("allocations", spec.allocations());
        document.put(
                "models",
                spec.models().stream()
                        .map(m -> Map.of("id", m.id(), "name", m.name()))
                        .toList());
        output.print(document, () -> {
            output.line("network   %s%s", spec.name(), spec.demo() ? "  (a demo network)" : "");
            output.line("id        %s", spec.id());
            output.line("proposer  %s", spec.proposer());
            spec.models().forEach(m -> output.line("model     %s  %s", m.name(), m.id()));
            output.line("");
            output.table(
                    List.of("label", "account", "credits", "bond", "reputation"),
                    spec.allocations().stream()
                            .map(a -> List.of(
                                    a.label(),
                                    a.account().toHex(),
                                    a.balance().toString(),
                                    a.bond().toString(),
                                    "" + a.reputation()))
                            .toList());
        });
        return ExitCode.DONE;
    }
}

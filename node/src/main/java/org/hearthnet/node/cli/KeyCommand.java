package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.VrfKey;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SeatKeys;
import org.hearthnet.ledger.journal.DirectoryDisk;
import org.hearthnet.node.chain.VotingParts;
import org.hearthnet.node.local.KeyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth key}: identities. */
@Command(name = "key", description = "Make, show or export a node's identity.", synopsisSubcommandLabel = "COMMAND")
final class KeyCommand {
    private KeyCommand() {}

    @Command(mixinStandardHelpOptions = true, name = "new", description = "Make a new key in a node's directory.")
    int create(
            @Option(names = "--data", required = true, description = "The node's directory.") Path data,
            @Option(
                            names = "--vote-key",
                            description =
                                    "For a member of a new network: also make the key that its seat has in the first"
                                            + " epochs, so that the account's key never votes.")
                    boolean voteKey,
            @Mixin Output output)
            throws IOException {
        KeyPair key = KeyPair.generate(new SecureRandom());
        KeyFile.create(data, key);
        return print(key, voteKey ? firstVoteKey(data, key) : key.id(), data, output);
    }

    private static NodeId firstVoteKey(Path data, KeyPair key) throws IOException {
        try (DirectoryDisk disk = new DirectoryDisk(data.resolve("votes"))) {
            return VotingParts.keys(disk, key).fresh().id();
        }
    }

    @Command(mixinStandardHelpOptions = true, name = "show", description = "Show the public identity.")
    int show(
            @Option(names = "--data", required = true, description = "The node's directory.") Path data,
            @Mixin Output output)
            throws IOException {
        KeyPair key = KeyFile.read(data);
        return print(key, key.id(), data, output);
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "export",
            description = "Print the secret seed, to be kept somewhere safe.")
    int export(
            @Option(names = "--data", required = true, description = "The node's directory.") Path data,
            @Mixin Output output)
            throws IOException {
        String seed = HexFormat.of().formatHex(KeyFile.read(data).seed());
        output.print(Map.of("seed", seed), () -> output.line(seed));
        return ExitCode.DONE;
    }

    private static int print(KeyPair key, NodeId vote, Path data, Output output) {
        SeatKeys keys = new SeatKeys(VrfKey.of(key).publicKey(), vote);
        String member = Committee.Seat.of(key, 1).withKeys(keys).text();
        output.print(
                Map.of(
                        "account",
                        key.id(),
                        "member",
                        member,
                        "file",
                        data.resolve(KeyFile.NAME).toString()),
                () -> {
                    output.line("account  %s", key.id());
                    output.line("member   %s", member);
                    output.line("file     %s", data.resolve(KeyFile.NAME));
                });
        return ExitCode.DONE;
    }
}

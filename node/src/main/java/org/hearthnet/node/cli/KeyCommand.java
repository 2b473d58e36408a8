package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.node.local.KeyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth key}: identities. */
@Command(name = "key", description = "Make, show or export a node's identity.", synopsisSubcommandLabel = "COMMAND")
final class KeyCommand {
    private KeyCommand() {}

    @Command(name = "new", description = "Make a new key in a node's directory.")
    int create(
            @Option(names = "--data", required = true, description = "The node's directory.") Path data,
            @Mixin Output output)
            throws IOException {
        KeyPair key = KeyPair.generate(new SecureRandom());
        KeyFile.create(data, key);
        return print(key, data, output);
    }

    @Command(name = "show", description = "Show the public identity.")
    int show(
            @Option(names = "--data", required = true, description = "The node's directory.") Path data,
            @Mixin Output output)
            throws IOException {
        return print(KeyFile.read(data), data, output);
    }

    @Command(name = "export", description = "Print the secret seed, to be kept somewhere safe.")
    int export(
            @Option(names = "--data", required = true, description = "The node's directory.") Path data,
            @Mixin Output output)
            throws IOException {
        String seed = HexFormat.of().formatHex(KeyFile.read(data).seed());
        output.print(Map.of("seed", seed), () -> output.line(seed));
        return ExitCode.DONE;
    }

    private static int print(KeyPair key, Path data, Output output) {
        String member = Committee.Seat.of(key, 1).text();
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

package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.hearthnet.genesis.spec.SpecJson;

/**
 * A command that ran in this JVM, as a shell would see it.
 *
 * @param code its exit code
 * @param output what it printed
 * @param errors what it complained about
 */
record CommandRun(int code, String output, String errors) {
    /** Runs {@code hearth} with {@code arguments}. */
    static CommandRun of(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
            int code = HearthCommand.run(arguments);
            return new CommandRun(
                    code, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** The one JSON document that it printed. */
    JsonNode document() throws IOException {
        return SpecJson.mapper().readTree(output);
    }
}

package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearthnet.node.plan.catalog.PlanJson;

/** Files that the planner is given. */
final class PlanFiles {
    private PlanFiles() {}

    /** The bytes of a small file. */
    static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.unavailable("there is no file " + file);
        }
        if (Files.size(file) > PlanJson.MAX_BYTES) {
            throw CommandException.usage(file + " is over the limit of " + PlanJson.MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }
}

package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

class HelpTest {
    @TestFactory
    Stream<DynamicTest> everyCommandExplainsItself() {
        List<List<String>> paths = new ArrayList<>();
        collect(HearthCommand.commandLine(), List.of(), paths);
        assertTrue(paths.size() > 20, paths::toString);
        return paths.stream()
                .map(path -> DynamicTest.dynamicTest("hearth " + String.join(" ", path), () -> explains(path)));
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> paths) {
        paths.add(path);
        line.getSubcommands().forEach((name, below) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            collect(below, longer, paths);
        });
    }

    private static void explains(List<String> path) {
        CommandLine line = HearthCommand.commandLine();
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        List<String> arguments = new ArrayList<>(path);
        arguments.add("--help");
        assertEquals(0, line.execute(arguments.toArray(String[]::new)), out::toString);
        assertTrue(out.toString().contains("Usage: hearth"), out::toString);
        CommandLine command = line;
        for (String name : path) {
            command = Objects.requireNonNull(command.getSubcommands().get(name));
        }
        assertFalse(command.getCommandSpec().usageMessage().description().length == 0, "no description");
    }
}

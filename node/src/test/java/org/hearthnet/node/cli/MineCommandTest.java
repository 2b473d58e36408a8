package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.local.KeyFile;
import org.hearthnet.node.pipeline.TestKeys;
import org.hearthnet.node.pipeline.TestModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hearth mine} refuses, before it has called anybody. */
class MineCommandTest {
    @TempDir
    private Path directory;

    private int mine(boolean demo, boolean approved, String... more) throws Exception {
        Path genesis = Files.createTempFile(directory, "genesis", ".json");
        Files.delete(genesis);
        var models = approved ? List.of(TestModel.MANIFEST) : List.<org.hearthnet.genesis.spec.ModelManifest>of();
        SpecJson.write(
                genesis,
                new ChainSpec(
                        "mine", demo, 1, Committee.single(TestKeys.key(1)), NetworkPreset.demo(), List.of(), models));
        Path data = Files.createTempDirectory(directory, "data");
        KeyFile.create(data, TestKeys.key(2));
        List<String> arguments = new java.util.ArrayList<>(
                List.of("mine", "--data", data.toString(), "--genesis", genesis.toString(), "--threads", "1"));
        arguments.addAll(List.of(more));
        return HearthCommand.run(arguments.toArray(String[]::new));
    }

    @Test
    void aFaultOutsideADemoNetworkIsWrongUsage() throws Exception {
        assertEquals(ExitCode.USAGE, mine(false, true, "--fault", "skip-layer:0.1"));
    }

    @Test
    void aModelThatIsNotApprovedIsAFailedCheck() throws Exception {
        assertEquals(ExitCode.CHECK_FAILED, mine(true, false));
    }

    @Test
    void optionsThatMakeNoSenseAreWrongUsage() throws Exception {
        assertEquals(ExitCode.USAGE, mine(true, true, "--fault", "sleep:1"));
        assertEquals(ExitCode.USAGE, mine(true, true, "--bond", "much"));
        assertEquals(ExitCode.USAGE, mine(true, true, "--layers", "4-9"));
        assertEquals(ExitCode.USAGE, mine(true, true, "--kernel", "abacus"));
    }

    @Test
    void layersAreGivenWithBothEnds() {
        assertEquals(new LayerSpan(0, 6), MineCommand.span("0-5"));
        assertEquals(new LayerSpan(3, 4), MineCommand.span("3"));
        for (String wrong : List.of("", "-", "5-3", "a-b", "1-2-3", "-1", "0-2147483647")) {
            assertThrows(IllegalArgumentException.class, () -> MineCommand.span(wrong), wrong);
        }
    }
}

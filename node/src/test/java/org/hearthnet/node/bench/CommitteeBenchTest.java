package org.hearthnet.node.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CommitteeBenchTest {
    @TempDir
    Path directory;

    @Test
    void everyTransferBecomesFinal() throws Exception {
        var result = new CommitteeBench(directory, new CommitteeBench.Settings(2, 40, 2, 100)).run();
        assertEquals(80, result.sent());
        assertEquals(0, result.lost());
        assertTrue(result.medianMs() > 0 && result.medianMs() <= result.percentile99Ms());
        assertTrue(result.blocks() > 0);
    }
}

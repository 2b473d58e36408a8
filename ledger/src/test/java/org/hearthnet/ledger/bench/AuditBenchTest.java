package org.hearthnet.ledger.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditBenchTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aLedgerOfTransfersIsAuditedBothWays() {
        AuditBench.Result result = AuditBench.run(directory, 1, (step, done, total) -> {});
        assertEquals(16_000, result.transactions());
        assertTrue(result.seconds() > 0 && result.withoutSignatures() > 0);
    }
}

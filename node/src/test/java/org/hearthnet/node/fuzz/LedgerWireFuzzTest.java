package org.hearthnet.node.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;

/** Any bytes about the ledger are one value or are refused: the first byte says which kind, the rest is from outside. */
class LedgerWireFuzzTest {
    private static final List<WireFormat<?>> FORMATS = WireFormat.all();

    @FuzzTest(maxDuration = "5m")
    void anyBytesAreOneValueOrRefused(byte[] bytes) {
        if (bytes.length > 0) {
            WireFormat<?> format = FORMATS.get((bytes[0] & 0xFF) % FORMATS.size());
            format.check(Arrays.copyOfRange(bytes, 1, bytes.length));
        }
    }
}

package org.hearthnet.node.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class NodeLogTest {
    private static String line(Level level, String message) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("org.hearthnet.node.chain");
        return new NodeLog.OneLine().format(record);
    }

    @Test
    void a_line_has_time_level_room_and_message() {
        String line = line(Level.INFO, "block 7");
        assertTrue(line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  chain    block 7\\R"), line);
        assertTrue(line(Level.SEVERE, "x").contains(" WARN "));
    }

    @Test
    void a_message_cannot_forge_a_second_line_or_fill_the_disk() {
        assertEquals(1, line(Level.INFO, "a\nb\rc\u001b[2J").lines().count());
        assertTrue(line(Level.INFO, "x".repeat(100_000)).length() < 600);
    }
}

package org.hearthnet.node.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningNodeTest {
    @TempDir
    Path directory;

    private static RunningNode node(long pid, long startedMs) {
        return new RunningNode(pid, startedMs, new NodeId(Hash32.ZERO), 1234, "secret", List.of("/ip4/127.0.0.1"));
    }

    @Test
    void a_running_node_is_found_until_it_leaves() throws IOException {
        assertTrue(RunningNode.find(directory).isEmpty());
        RunningNode node = node(ProcessHandle.current().pid(), RunningNode.ownStartMs());
        node.write(directory);
        node.write(directory);
        assertEquals(Optional.of(node), RunningNode.find(directory));
        RunningNode.remove(directory);
        assertTrue(RunningNode.find(directory).isEmpty());
    }

    @Test
    void a_process_id_that_was_given_to_another_process_is_no_node() throws IOException {
        assumeTrue(RunningNode.ownStartMs() != 0, "this system does not tell when a process began");
        node(ProcessHandle.current().pid(), RunningNode.ownStartMs() - 60_000).write(directory);
        assertTrue(RunningNode.find(directory).isEmpty());
        node(Long.MAX_VALUE, 0).write(directory);
        assertTrue(RunningNode.find(directory).isEmpty());
    }

    @Test
    void only_the_owner_may_read_the_token() throws IOException {
        node(1, 1).write(directory);
        Path file = directory.resolve(RunningNode.NAME);
        assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void a_damaged_file_is_named() throws IOException {
        Files.writeString(directory.resolve(RunningNode.NAME), "{");
        var e = assertThrows(LocalException.class, () -> RunningNode.find(directory));
        assertTrue(String.valueOf(e.getMessage()).contains(RunningNode.NAME));
    }
}

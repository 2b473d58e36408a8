package org.hearthnet.node.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearthnet.genesis.primitive.NodeId;
import picocli.CommandLine.Option;

/** What a job may cost and how it is divided. */
final class JobOptions {
    @Option(
            names = "--max-price",
            defaultValue = "1000",
            description = "Most sparks for one layer of one token; a credit is a million (${DEFAULT-VALUE}).")
    private long maxPrice;

    @Option(names = "--stages", defaultValue = "0", description = "Wanted number of stages; 0 for the cheapest.")
    private int stages;

    @Option(names = "--executor", paramLabel = "ACCOUNT", description = "Use this executor if it offers; repeatable.")
    private List<String> executors = new ArrayList<>();

    long maxPrice() {
        if (maxPrice < 1) {
            throw CommandException.usage("--max-price must be at least 1");
        }
        return maxPrice;
    }

    int stages() {
        if (stages < 0) {
            throw CommandException.usage("--stages must not be negative");
        }
        return stages;
    }

    Set<NodeId> executors() {
        Set<NodeId> out = new HashSet<>();
        for (String executor : executors) {
            try {
                out.add(NodeId.fromHex(executor));
            } catch (IllegalArgumentException e) {
                throw CommandException.usage(executor + " is no account: 64 hexadecimal digits are");
            }
        }
        return out;
    }
}

package org.hearthnet.ledger.rocksdb;

import java.nio.charset.StandardCharsets;

/** The column families. */
public enum Column {
    /** RocksDB demands it; unused. */
    DEFAULT("default"),
    /** Schema, network and tip. */
    META("meta"),
    /** Headers with their certificates by height. */
    HEADERS("headers"),
    /** Blocks by height. */
    BLOCKS("blocks"),
    /** Heights by block hash. */
    HEIGHTS("heights"),
    /** Height and index by transaction id. */
    TRANSACTIONS("transactions"),
    /** The state after the last block. */
    STATE("state"),
    /** Nodes of the tree over the state, by version and place. */
    TREE("tree"),
    /** Which nodes a version made stale, by version. */
    STALE("stale"),
    /** Keys of the state's records by their paths in the tree. */
    PATHS("paths"),
    /** What records were before they changed, by path and version of the change. */
    PAST("past"),
    /** Paths of the records that a version changed, by version. */
    CHANGED("changed");

    private final byte[] familyName;

    Column(String name) {
        this.familyName = name.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] familyName() {
        return familyName.clone();
    }
}

/**
 * What belongs to one node on this machine: its directory, its key, the file that says it is running, and the HTTP
 * interface through which commands talk to it. May depend on {@code chain}, {@code log}, the ledger and genesis.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.local;

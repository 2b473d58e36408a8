/**
 * Fuzzing of everything that strangers send about the ledger. The ordinary tests replay the corpus in the resources and random
 * changes of real messages; with the environment variable {@code JAZZER_FUZZ=1} the first runs as a fuzzer, see
 * {@code inference/bench/fuzz.sh}.
 */
package org.hearthnet.node.fuzz;

/**
 * Fuzzing of what reads files and text of strangers. The ordinary tests replay the corpus in the resources; with the
 * environment variable {@code JAZZER_FUZZ=1} one of them runs as a fuzzer, see {@code inference/bench/fuzz.sh}.
 */
package org.hearthnet.inference.fuzz;

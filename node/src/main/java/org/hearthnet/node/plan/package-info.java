/**
 * The planner's cost model: how fast a model runs when its layers are divided among devices, what memory that takes, what
 * limits it, and what it costs.
 *
 * <p>Pure: no clock, thread, file or randomness. Quantities are doubles in SI units (bytes, seconds, operations), money in
 * US dollars: these are estimates for people, not amounts of the ledger. The model is a roofline for each device (Williams,
 * Waterman and Patterson, "Roofline", CACM 52(4), 2009) with latency and bandwidth for each link, and asymptotic bounds for
 * the whole (Denning and Buzen, "The operational analysis of queueing network models", ACM Computing Surveys 10(3), 1978).
 *
 * <p>Rooms: {@code catalog} (the lists of hardware and models, and what was measured), {@code article} (published figures
 * beside computed ones), {@code search} (every division of given hardware), {@code earn} (from a ledger's prices). This
 * room depends on none of them and on nothing else of the project, so that whoever chooses stages out of offers can use it.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.plan;

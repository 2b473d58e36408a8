package org.hearthnet.genesis.proof;

/**
 * The end of a dispute.
 *
 * @param executorWrong whether the executor's claimed result is not what the arithmetic gives; if false the challenger's
 *     own evidence confirmed it
 * @param layer layer of the operation; the number of layers stands for the output head
 * @param position position in the job, from 0
 * @param operation name of the {@code OperationKind}, and the element
 */
public record DisputeDecision(boolean executorWrong, int layer, int position, String operation) {}

package org.hearthnet.node.service.plan;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.DisputePhase;
import org.hearthnet.ledger.state.Duty;

/**
 * An open duty in which this node has a part.
 *
 * @param id its name
 * @param duty the duty
 * @param dispute what the dispute that grew out of it waits for, if there is one
 * @param tagKnown whether this node could reveal its tag without executing the stage again
 */
public record DutyCase(Hash32 id, Duty duty, Optional<DisputePhase> dispute, boolean tagKnown) {}

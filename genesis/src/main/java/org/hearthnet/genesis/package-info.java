/**
 * What all nodes agree on before the first block.
 *
 * <p>Rooms: {@code primitive} (identifiers and amounts), {@code codec} (the one canonical encoding), {@code crypto} (keys,
 * signatures, Merkle trees), {@code arithmetic} (the scalar definition of every operation of a model), {@code protocol}
 * (what members say to one another), {@code proof} (evidence for one wrong operation), {@code rules} (pure formulas),
 * {@code spec} (chain specification and model manifest). This module depends on no other module of the project.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.genesis;

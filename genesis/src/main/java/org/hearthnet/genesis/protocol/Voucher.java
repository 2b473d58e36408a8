package org.hearthnet.genesis.protocol;

import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * The client's promise to one executor, cumulative: the highest one is worth all that came before it.
 *
 * @param escrow the escrow it draws on
 * @param job id of the {@link Assignment} being paid
 * @param executor who may redeem it
 * @param cumulative everything promised to this executor from this escrow so far
 * @param positions positions of the job that are paid with it
 * @param tokenRoot root over the tokens that the client has received: says what is being paid for
 */
public record Voucher(Hash32 escrow, Hash32 job, NodeId executor, Amount cumulative, int positions, Hash32 tokenRoot) {
    /** Domain and encoding. */
    public static final Kind<Voucher> KIND = Kind.of("hearth/voucher/1", Voucher.class);
}

package org.hearthnet.ledger.block;

import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.crypto.Signature;

/**
 * A header with its proposer's signature.
 *
 * @param header what the block commits to
 * @param signature by the vote key of the proposer's seat; all zero for genesis, which follows from the chain specification
 */
public record SignedHeader(BlockHeader header, Signature signature) {
    /** Domain and encoding. */
    public static final Kind<SignedHeader> KIND = Kind.of("hearth/signed-header/1", SignedHeader.class);
}

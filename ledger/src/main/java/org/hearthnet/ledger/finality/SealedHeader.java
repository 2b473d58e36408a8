package org.hearthnet.ledger.finality;

import java.util.Optional;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.BlockHeader;

/**
 * A header with the proof that its block is final: what a light client needs of a block.
 *
 * @param header what the block commits to
 * @param certificate its finalization
 */
public record SealedHeader(BlockHeader header, Certificate certificate) {
    /** Domain and encoding. */
    public static final Kind<SealedHeader> KIND = Kind.of("hearth/sealed-header/1", SealedHeader.class);

    /** The height. */
    public long height() {
        return header.height();
    }

    /** Why it is not final by the word of {@code committee}, if it is not. */
    public Optional<String> problem(Committee committee, BallotVerifier verifier) {
        return certificate.finalityProblem(header.height(), header.hash(), committee, verifier);
    }
}

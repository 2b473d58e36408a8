package org.hearthnet.node.chain;

import java.util.Optional;
import java.util.function.LongFunction;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;

/**
 * What can be said of a block without the state before it. Checked before a block costs memory or is passed on.
 *
 * @param network the network's id
 * @param committees who votes at a height; nothing for heights too far above the own tip to know it
 * @param ballots verifies votes
 */
record BlockCheck(Hash32 network, LongFunction<Optional<Committee>> committees, BallotVerifier ballots) {
    /** Whether the certificates of this height can be checked now. */
    boolean canCheck(long height) {
        return committees.apply(height).isPresent();
    }

    /** What is wrong with a header other than that of genesis, as far as can be said now. */
    Optional<String> problem(SealedHeader sealed) {
        if (sealed.height() == 0) {
            return Optional.of("genesis is not sent around");
        }
        return committees
                .apply(sealed.height())
                .flatMap(committee -> sealed.problem(committee, ballots))
                .map(why -> "block " + sealed.height() + ": " + why);
    }

    /** What is wrong with a block, as far as can be said now. */
    Optional<String> problem(SealedBlock sealed) {
        Optional<String> header = problem(sealed.header());
        if (header.isPresent()) {
            return header;
        }
        Block block = sealed.block();
        if (!Block.transactionsRoot(block.transactions()).equals(block.header().transactionsRoot())) {
            return Optional.of("block " + block.height() + " has other transactions than its header says");
        }
        return Optional.empty();
    }
}

package org.hearthnet.node.chain;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.SignedHeader;

/**
 * What can be said of a block without the state before it. Checked before a block costs memory or is passed on.
 *
 * @param network the network's id
 * @param proposer the one key that makes blocks
 */
record BlockCheck(Hash32 network, NodeId proposer) {
    /** What is wrong with a header other than that of genesis, if anything is. */
    Optional<String> problem(SignedHeader signed) {
        BlockHeader header = signed.header();
        if (header.height() == 0) {
            return Optional.of("genesis is not sent around");
        }
        if (!header.proposer().equals(proposer)) {
            return Optional.of("block " + header.height() + " is by "
                    + header.proposer().shortHex() + ", who is not the proposer");
        }
        if (!BlockHeader.KIND.verify(network, header, proposer, signed.signature())) {
            return Optional.of("block " + header.height() + " is not signed by the proposer");
        }
        return Optional.empty();
    }

    /** What is wrong with a block, if anything is. */
    Optional<String> problem(Block block) {
        Optional<String> header = problem(block.signedHeader());
        if (header.isPresent()) {
            return header;
        }
        if (!Block.transactionsRoot(block.transactions()).equals(block.header().transactionsRoot())) {
            return Optional.of("block " + block.height() + " has other transactions than its header says");
        }
        return Optional.empty();
    }
}

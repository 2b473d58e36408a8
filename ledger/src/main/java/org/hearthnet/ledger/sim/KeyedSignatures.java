package org.hearthnet.ledger.sim;

import java.util.HashMap;
import java.util.Map;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;

/**
 * Signatures of ballots at the price of a hash. Nobody, however Byzantine, signs with a key that it does not hold. Blocks are
 * signed for real.
 */
final class KeyedSignatures {
    private final Map<Hash32, Boolean> headers = new HashMap<>();
    private final Hash32 network;

    KeyedSignatures(Hash32 network) {
        this.network = network;
    }

    /** A signature by a vote key: only for whoever holds it. */
    Signature sign(NodeId voteKey, Ballot ballot) {
        Hash32 secret = Hashing.in("sim/secret").add(network).add(voteKey.key()).finish();
        Hash32 hash = Hashing.in("sim/ballot")
                .add(secret)
                .add(ballot.choice().ordinal())
                .add(ballot.height())
                .add(ballot.view())
                .add(ballot.block())
                .finish();
        return new Signature(hash, Hash32.ZERO);
    }

    boolean verify(NodeId voteKey, Ballot ballot, Signature signature) {
        return sign(voteKey, ballot).equals(signature);
    }

    /** Whether a block has a real signature by a vote key; each is verified once a run. */
    boolean verify(NodeId voteKey, Block block) {
        Hash32 key = Hashing.in("sim/header")
                .add(voteKey.key())
                .add(block.hash())
                .add(block.signature().toArray())
                .finish();
        return headers.computeIfAbsent(
                key, k -> BlockHeader.KIND.verify(network, block.header(), voteKey, block.signature()));
    }
}

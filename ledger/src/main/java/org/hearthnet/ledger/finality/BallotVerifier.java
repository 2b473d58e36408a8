package org.hearthnet.ledger.finality;

import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Ballot;

/** Tells whether a signature under a ballot is by a vote key. A simulator has a cheaper scheme than Ed25519. */
@FunctionalInterface
public interface BallotVerifier {
    /** Whether {@code signature} is by {@code voteKey}, the one of a seat, under {@code ballot}. */
    boolean verify(NodeId voteKey, Ballot ballot, Signature signature);

    /** The real one. */
    static BallotVerifier ed25519(Hash32 network) {
        return (voteKey, ballot, signature) -> Ballot.KIND.verify(network, ballot, voteKey, signature);
    }
}

package org.hearthnet.ledger.finality;

import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/** Tells whether a signature under a ballot is its voter's. A simulator has a cheaper scheme than Ed25519. */
@FunctionalInterface
public interface BallotVerifier {
    /** Whether {@code signature} is {@code voter}'s under {@code ballot}. */
    boolean verify(NodeId voter, Ballot ballot, Signature signature);

    /** The real one. */
    static BallotVerifier ed25519(Hash32 network) {
        return (voter, ballot, signature) -> Ballot.KIND.verify(network, ballot, voter, signature);
    }
}

package org.hearthnet.ledger.sim;

import java.util.HashMap;
import java.util.Map;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.finality.Ballot;

/**
 * Signatures of ballots at the price of a hash: keyed by a secret of each member, which only the run knows. Nobody, however
 * Byzantine, is given another's signer, so nobody can sign as another. Blocks are signed for real.
 */
final class KeyedSignatures {
    private final Map<NodeId, Hash32> secrets = new HashMap<>();
    private final Map<Hash32, Boolean> headers = new HashMap<>();
    private final Hash32 network;

    KeyedSignatures(Hash32 network) {
        this.network = network;
    }

    /** Gives a member its secret. */
    void add(KeyPair key) {
        secrets.put(
                key.id(), Hashing.in("sim/secret").add(network).add(key.seed()).finish());
    }

    Signature sign(NodeId voter, Ballot ballot) {
        Hash32 secret = java.util.Objects.requireNonNull(secrets.get(voter));
        Hash32 hash = Hashing.in("sim/ballot")
                .add(secret)
                .add(ballot.choice().ordinal())
                .add(ballot.height())
                .add(ballot.view())
                .add(ballot.block())
                .finish();
        return new Signature(hash, Hash32.ZERO);
    }

    boolean verify(NodeId voter, Ballot ballot, Signature signature) {
        return secrets.containsKey(voter) && sign(voter, ballot).equals(signature);
    }

    /** Whether a block has its proposer's real signature; each is verified once a run. */
    boolean verify(Block block) {
        Hash32 key = Hashing.in("sim/header")
                .add(block.hash())
                .add(block.signature().toArray())
                .finish();
        return headers.computeIfAbsent(
                key,
                k -> BlockHeader.KIND.verify(
                        network, block.header(), block.header().proposer(), block.signature()));
    }
}

package org.hearthnet.ledger.light;

import java.util.Optional;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.CommitteeWindow;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.tree.ProofException;

/**
 * Follows the committees of a chain from a point of trust: two epochs a step, each step's header signed by a committee that
 * is known already. Its methods throw {@link LightException} when an answer is not what an honest peer would have given.
 */
public final class LightClient {
    private final long epochBlocks;
    private final BallotVerifier verifier;
    private CommitteeWindow window;
    private long trustedTimeMs;

    private LightClient(ChainSpec spec, BallotVerifier verifier, CommitteeWindow window, long trustedTimeMs) {
        this.epochBlocks = spec.parameters().epochBlocks();
        this.verifier = verifier;
        this.window = window;
        this.trustedTimeMs = trustedTimeMs;
    }

    /** Trusts the genesis file. */
    public static LightClient fromGenesis(ChainSpec spec) {
        CommitteeWindow window = new CommitteeWindow(0, spec.committee(), spec.committee(), spec.committee());
        return new LightClient(spec, BallotVerifier.ed25519(spec.id()), window, spec.timeMs());
    }

    /**
     * Trusts a block by its hash, which its user has from somebody it believes.
     *
     * @param answer a peer's answer for that hash
     */
    public static LightClient fromCheckpoint(ChainSpec spec, Hash32 checkpoint, TrustStep answer) {
        BlockHeader header = answer.header().header();
        if (!header.hash().equals(checkpoint)) {
            throw new LightException("the peer sent block " + header.hash() + " for the checkpoint " + checkpoint);
        }
        LightClient client = new LightClient(spec, BallotVerifier.ed25519(spec.id()), answer.window(), header.timeMs());
        client.checkWindow(answer);
        return client;
    }

    /** The epoch up to which committees are known. */
    public long knownEpoch() {
        return window.epoch() + CommitteeWindow.AHEAD;
    }

    /** Height of the header to ask for next: the first of the last known epoch. */
    public long nextHeight() {
        return knownEpoch() * epochBlocks;
    }

    /** Whether headers of this height can be checked with what is known. */
    public boolean canCheck(long height) {
        return window.knows(height / epochBlocks);
    }

    /** When the last trusted header was made, milliseconds since 1970. */
    public long trustedTimeMs() {
        return trustedTimeMs;
    }

    /** Takes the header of {@link #nextHeight} and the committees after it. */
    public void advance(TrustStep step) {
        BlockHeader header = step.header().header();
        if (header.height() != nextHeight()) {
            throw new LightException("the peer sent block " + header.height() + " for " + nextHeight());
        }
        checkSeal(step.header().problem(window.of(header.height() / epochBlocks), verifier), header);
        checkWindow(step);
        window = step.window();
        trustedTimeMs = header.timeMs();
    }

    private void checkWindow(TrustStep step) {
        BlockHeader header = step.header().header();
        boolean fits = step.window().epoch() == header.height() / epochBlocks
                && step.window().hash().equals(header.committees());
        if (!fits) {
            throw new LightException("the peer's committees are not those of block " + header.height());
        }
    }

    private static void checkSeal(Optional<String> problem, BlockHeader header) {
        problem.ifPresent(why -> {
            throw new LightException("block " + header.height() + " is not final: " + why);
        });
    }

    /**
     * Checks a proof.
     *
     * @param key of the record
     * @return its value, or nothing if the state has no such record
     */
    public Optional<Bytes> verify(ProvenRecord record, Bytes key) {
        requireFinal(record.header());
        BlockHeader header = record.header().header();
        try {
            return record.proof().verify(header.stateRoot(), key);
        } catch (ProofException | CodecException e) {
            throw new LightException("the proof at block " + header.height() + " does not hold: " + e.getMessage());
        }
    }

    /** Checks that a header is final. */
    public void requireFinal(SealedHeader sealed) {
        if (!canCheck(sealed.height())) {
            throw new LightException("the committee of block " + sealed.height() + " is not known yet");
        }
        checkSeal(sealed.problem(window.of(sealed.height() / epochBlocks), verifier), sealed.header());
    }
}

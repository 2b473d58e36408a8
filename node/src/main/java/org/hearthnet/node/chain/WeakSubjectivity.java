package org.hearthnet.node.chain;

import java.time.Duration;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.light.LightException;

/**
 * How old a point of trust may be. Members that have taken their bonds away can sign anything about the past and lose
 * nothing, so a chain is only safe to follow from a block that is younger than the time of unbonding.
 */
final class WeakSubjectivity {
    private WeakSubjectivity() {}

    /** A demo network unbonds in seconds, and its credits are worth nothing. */
    private static final Duration DEMO = Duration.ofDays(1);

    /** The time of unbonding, at the chain's usual pace. */
    static Duration limit(ChainSpec spec) {
        Parameters parameters = spec.parameters();
        Duration unbonding = Duration.ofMillis(
                (long) parameters.unbondingEpochs() * parameters.epochBlocks() * parameters.blockIntervalMs());
        return spec.demo() && unbonding.compareTo(DEMO) < 0 ? DEMO : unbonding;
    }

    static void require(ChainSpec spec, long trustedMs, long nowMs) {
        Duration age = Duration.ofMillis(Math.max(0, nowMs - trustedMs));
        if (age.compareTo(limit(spec)) > 0) {
            throw new LightException("what is trusted is " + age.toHours() + " hours old, and bonds are free after "
                    + limit(spec).toHours()
                    + ": name a recent block that somebody you trust has seen, by --checkpoint HASH");
        }
    }
}

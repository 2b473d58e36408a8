package org.hearthnet.genesis.rules;

/**
 * How likely a wrong receipt is found. It escapes if it is not drawn; if a verifier of the same hand is drawn; if the second
 * opinion is of the same hand; if the leader is, and gives up its turn because its beacon draws badly.
 */
public final class Detection {
    private Detection() {}

    /**
     * What one hand holds, in thousandths.
     *
     * @param verifiers of the weight that verifiers are drawn by
     * @param opinions of the veterans that second opinions are drawn from
     * @param committee of the weight in the committee that makes beacons
     */
    public record Shares(int verifiers, int opinions, int committee) {
        /** Nobody conspires. */
        public static final Shares NONE = new Shares(0, 0, 0);

        /** Checks the ranges. */
        public Shares {
            if (Math.min(verifiers, Math.min(opinions, committee)) < 0
                    || Math.max(verifiers, Math.max(opinions, committee)) > AuditRate.FULL) {
                throw new IllegalArgumentException("shares are thousandths");
            }
        }
    }

    /**
     * That one wrong receipt is drawn and found, in billionths, rounded down: {@code q (1-v)(1-e)(1-c) h}.
     *
     * <p>A leader with share c that passes on a bad beacon leaves {@code (1-c)p / (1-cp)} of a chance p; {@code (1-c)p} is less.
     *
     * @param rate audit rate q, thousandths
     * @param shares v, e and c
     * @param service thousandths h of drawn duties that are done by somebody in the end
     */
    public static long perReceipt(int rate, Shares shares, int service) {
        long drawn = Chance.and(Chance.of(rate), Chance.of(service));
        long honestVerifier = Chance.not(Chance.of(shares.verifiers()));
        long honestOpinion = Chance.not(Chance.of(shares.opinions()));
        long honestBeacon = Chance.not(Chance.of(shares.committee()));
        return Chance.and(Chance.and(Chance.and(drawn, honestVerifier), honestOpinion), honestBeacon);
    }

    /**
     * Wrong receipts after which one was found with probability at least {@code confidence}: the least n with {@code 1 -
     * (1-p)^n >= confidence}, that is ln(1-confidence) / ln(1-p) rounded up.
     *
     * @param chance p of one receipt, billionths, more than 0
     * @param confidence billionths, less than 1
     * @throws IllegalArgumentException if nothing is ever found, or certainty is asked for
     */
    public static long receiptsUntil(long chance, long confidence) {
        if (chance <= 0 || confidence >= Chance.ONE) {
            throw new IllegalArgumentException("never reached: " + chance + " a receipt, " + confidence + " asked for");
        }
        long escape = Chance.not(chance);
        long allowed = Chance.not(confidence);
        long high = 1;
        while (Chance.everyTimeUp(escape, high) > allowed) {
            // Rounding up stops a product of tiny steps from falling below the step: no answer finer than that.
            high = Math.multiplyExact(high, 2);
        }
        long low = high / 2;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (Chance.everyTimeUp(escape, middle) > allowed) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}

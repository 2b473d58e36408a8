package org.hearthnet.ledger.state;

import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.spec.Committee;

/** Every kind of record of the state. The bytes are never reused. */
public final class Tables {
    /** By node. */
    public static final Table<Account> ACCOUNTS = new Table<>('a', Account.class);

    /** By escrow. */
    public static final Table<Escrow> ESCROWS = new Table<>('b', Escrow.class);

    /** Queue of (height, escrow): what to do after that height, see {@code Settlement}. */
    public static final Table<Marker> ESCROW_ENDS = new Table<>('c', Marker.class);

    /** By batch. */
    public static final Table<Batch> BATCHES = new Table<>('d', Batch.class);

    /** Index (executor, batch) of batches whose fee has not been withdrawn. */
    public static final Table<Marker> VESTING = new Table<>('e', Marker.class);

    /** Queue of (epoch, batch): batches to draw from in that epoch or later. */
    public static final Table<Marker> DRAWS = new Table<>('f', Marker.class);

    /** By duty. */
    public static final Table<Duty> DUTIES = new Table<>('g', Duty.class);

    /** Index (node, duty) of open duties, for verifier and executor. */
    public static final Table<Marker> OPEN_DUTIES = new Table<>('h', Marker.class);

    /** Queue of (height, duty): the last height at which the duty's next step is in time. */
    public static final Table<Marker> DEADLINES = new Table<>('i', Marker.class);

    /** By (batch, index): receipts that verifiers have opened, while their case is open. */
    public static final Table<OpenedReceipt> RECEIPTS = new Table<>('j', OpenedReceipt.class);

    /** By duty: disputes that are open. */
    public static final Table<Dispute> DISPUTES = new Table<>('k', Dispute.class);

    /** By (manifest, node). */
    public static final Table<Holding> HOLDINGS = new Table<>('l', Holding.class);

    /** By (node, job): at most one conviction for one job, however many contradictions it left. */
    public static final Table<Conviction> CONVICTIONS = new Table<>('m', Conviction.class);

    /** Queue of (epoch, key of the conviction): frozen bonds to divide in that epoch or later. */
    public static final Table<Slash> SLASHES = new Table<>('n', Slash.class);

    /** By epoch. */
    public static final Table<ConvictionCount> CONVICTION_COUNTS = new Table<>('o', ConvictionCount.class);

    /** One record. */
    public static final Table<Supply> SUPPLY = new Table<>('p', Supply.class);

    /** By epoch: who votes on its blocks; known two epochs ahead. */
    public static final Table<Committee> COMMITTEES = new Table<>('q', Committee.class);

    /** One record. */
    public static final Table<FeeState> FEES = new Table<>('r', FeeState.class);

    /** By node: keys for a seat of the committee; of those only who were heard of in the last epochs. */
    public static final Table<RegisteredKeys> SEAT_KEYS = new Table<>('s', RegisteredKeys.class);

    /** One record: it is there once seats go by bond. */
    public static final Table<Marker> SEATS_OPEN = new Table<>('t', Marker.class);

    /** By node, of the epoch under way. */
    public static final Table<MissedTurns> MISSED_TURNS = new Table<>('u', MissedTurns.class);

    /** The key of a table's only record. */
    public static final Bytes ONLY = Bytes.EMPTY;

    private Tables() {}

    /** A record that only says that its key exists. */
    public record Marker() {
        /** The only value. */
        public static final Marker HERE = new Marker();
    }
}

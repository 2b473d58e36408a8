package org.hearthnet.genesis.spec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.VrfKey;
import org.hearthnet.genesis.crypto.VrfPublicKey;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * Who votes on the blocks of an epoch.
 *
 * @param seats in strictly ascending order of id; the place in this list is the seat's number in certificates
 */
public record Committee(@Limit(Committee.MAX_SEATS) List<Seat> seats) {
    /** Most seats, those on their way out counted: a certificate of all of them stays under 10 kB. */
    public static final int MAX_SEATS = 128;

    /** Largest weight of a seat: sums of {@value #MAX_SEATS} of them, times three, stay within a long. */
    public static final long MAX_WEIGHT = 1L << 52;

    /**
     * A member.
     *
     * @param node its account
     * @param vrf its key for beacons, fixed before anybody can foresee one
     * @param vote the Ed25519 key that signs its ballots and blocks; the account's own only until it registers others
     * @param weight what its vote counts; more than 0
     */
    public record Seat(NodeId node, VrfPublicKey vrf, NodeId vote, long weight) {
        /**
         * The seat in the form that people give one another: the account, a colon, the VRF key, and if it is not the
         * account's key a colon and the vote key; all hexadecimal.
         *
         * @throws IllegalArgumentException if it has another form, or the VRF key is no point of the curve
         */
        public static Seat parse(String text, long weight) {
            String[] parts = text.split(":", 3);
            if (parts.length < 2) {
                throw new IllegalArgumentException("a member is ID:VRFKEY or ID:VRFKEY:VOTEKEY");
            }
            VrfPublicKey vrf = new VrfPublicKey(Bytes.fromHex(parts[1]));
            if (!vrf.isValid()) {
                throw new IllegalArgumentException("the VRF key is no point of the curve");
            }
            return new Seat(NodeId.fromHex(parts[0]), vrf, NodeId.fromHex(parts[parts.length == 3 ? 2 : 0]), weight);
        }

        /** What {@link #parse} reads; the weight is no part of it. */
        public String text() {
            String text = node.toHex() + ":" + vrf.bytes().toHex();
            return vote.equals(node) ? text : text + ":" + vote.toHex();
        }

        /** The seat of a key's holder, who votes with the same key. */
        public static Seat of(KeyPair key, long weight) {
            return new Seat(key.id(), VrfKey.of(key).publicKey(), key.id(), weight);
        }

        /** The same member with other keys. */
        public Seat withKeys(SeatKeys keys) {
            return new Seat(node, keys.vrf(), keys.vote(), weight);
        }

        /** Checks the weight. */
        public Seat {
            if (weight <= 0 || weight > MAX_WEIGHT) {
                throw new IllegalArgumentException("a weight of " + weight);
            }
        }
    }

    /** Checks the order. */
    public Committee {
        seats = List.copyOf(seats);
        if (seats.isEmpty() || seats.size() > MAX_SEATS) {
            throw new IllegalArgumentException("a committee of " + seats.size());
        }
        for (int i = 1; i < seats.size(); i++) {
            Hash32 before = seats.get(i - 1).node().key();
            if (before.compareTo(seats.get(i).node().key()) >= 0) {
                throw new IllegalArgumentException("seats out of order");
            }
        }
    }

    /** A committee of {@code seats} in any order. */
    public static Committee of(List<Seat> seats) {
        return new Committee(seats.stream()
                .sorted(java.util.Comparator.comparing((Seat s) -> s.node().key()))
                .toList());
    }

    /** A committee of one, who decides alone. */
    public static Committee single(KeyPair key) {
        return new Committee(List.of(Seat.of(key, 1)));
    }

    /** A committee of equals. */
    public static Committee ofEquals(List<KeyPair> keys) {
        return of(keys.stream().map(key -> Seat.of(key, 1)).toList());
    }

    /** The sum of all weights. */
    public long totalWeight() {
        return seats.stream().mapToLong(Seat::weight).sum();
    }

    /** Whether {@code weight} is more than two thirds: two such groups share an honest member. */
    public boolean isQuorum(long weight) {
        return 3 * weight > 2 * totalWeight();
    }

    /** Who may propose in a view: the seats take turns, whatever their weight. */
    public NodeId leader(long height, int view) {
        return leaderSeat(height, view).node();
    }

    /** The seat of {@link #leader}. */
    public Seat leaderSeat(long height, int view) {
        return seats.get((int) ((height + view) % seats.size()));
    }

    /** The number of {@code node}'s seat, if it has one. */
    public OptionalInt seatOf(NodeId node) {
        for (int i = 0; i < seats.size(); i++) {
            if (seats.get(i).node().equals(node)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** {@code node}'s seat, if it has one. */
    public Optional<Seat> find(NodeId node) {
        OptionalInt seat = seatOf(node);
        return seat.isPresent() ? Optional.of(seats.get(seat.getAsInt())) : Optional.empty();
    }

    /** The seat with this number, which must exist. */
    public Seat seat(int number) {
        return seats.get(number);
    }
}

package org.hearthnet.ledger.state.transition;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.genesis.rules.Seats;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SeatKeys;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.RegisteredKeys;
import org.hearthnet.ledger.state.Table;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.Tables.Marker;

/**
 * Who gets a seat: veterans who have registered keys lately and were not charged for missed turns, by {@link Seats}. Until
 * their bonds suffice, the members that genesis names stay.
 */
final class Seating {
    /** Whoever has registered keys in one of so many epochs before counts as present: one may be missed. */
    static final int PRESENCE = 2;

    private final Context context;
    private final Map<NodeId, SeatKeys> keys = new HashMap<>();
    private final Map<NodeId, Amount> bonds = new HashMap<>();

    private Seating(Context context) {
        this.context = context;
    }

    /**
     * The committee after {@code last}, fixed in the first block of an epoch.
     *
     * @param negligent who was charged for missed turns
     */
    static Committee next(Context context, Committee last, Set<NodeId> negligent) {
        Seating seating = new Seating(context);
        seating.read(negligent);
        Committee next = seating.isOpen()
                ? Seats.next(context.parameters(), last, seating::isExpelled, seating.keys, seating.bonds)
                : Seats.renewed(last, seating::isExpelled, seating.keys);
        seating.tell(last, next);
        return next;
    }

    /** Reads who is there, and forgets who was not heard of for long. */
    private void read(Set<NodeId> negligent) {
        for (Table.Row<RegisteredKeys> row :
                Tables.SEAT_KEYS.scan(context.state(), Bytes.EMPTY, SeatKeysRule.MAX_REGISTERED)) {
            if (context.epoch() - row.value().epoch() > PRESENCE) {
                Tables.SEAT_KEYS.remove(context.state(), row.key());
                continue;
            }
            NodeId node = new NodeId(Keys.lastHash(row.key()));
            keys.put(node, row.value().keys());
            Amount bond = context.account(node).stake().bond();
            if (isVeteran(node) && !bond.isZero() && !negligent.contains(node)) {
                bonds.put(node, bond);
            }
        }
    }

    private boolean isVeteran(NodeId node) {
        return context.account(node).role(context.parameters()) == Role.VETERAN;
    }

    /** Seats by bond, once begun, do not end: else whoever unbonds could bring genesis' members back. */
    private boolean isOpen() {
        boolean before = Tables.SEATS_OPEN.has(context.state(), Tables.ONLY);
        if (!before && Seats.open(context.parameters(), bonds.values())) {
            Tables.SEATS_OPEN.put(context.state(), Tables.ONLY, Marker.HERE);
            context.emit(new LedgerEvent.SeatsOpened(context.epoch() + Committees.AHEAD));
            return true;
        }
        return before;
    }

    /** Convicted, and not a veteran again since. */
    private boolean isExpelled(NodeId node) {
        Account account = context.account(node);
        return account.standing().convictions() > 0 && !isVeteran(node);
    }

    private void tell(Committee last, Committee next) {
        long epoch = context.epoch() + Committees.AHEAD;
        next.seats().stream()
                .filter(seat -> last.find(seat.node()).isEmpty())
                .forEach(seat -> context.emit(new LedgerEvent.SeatTaken(seat.node(), epoch)));
        last.seats().stream()
                .filter(seat -> next.find(seat.node()).isEmpty())
                .forEach(seat -> context.emit(new LedgerEvent.SeatLeft(seat.node(), epoch)));
    }
}

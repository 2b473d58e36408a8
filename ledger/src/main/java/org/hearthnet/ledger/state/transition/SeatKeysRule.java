package org.hearthnet.ledger.state.transition;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.genesis.spec.CommitteeWindow;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.block.TransactionBody.RegisterSeatKeys;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.RegisteredKeys;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Tables;

/** Keys for seats of the committee. */
public final class SeatKeysRule {
    /** Most accounts with registered keys: all are read once an epoch. */
    static final int MAX_REGISTERED = 4096;

    private SeatKeysRule() {}

    static void apply(Context context, NodeId sender, RegisterSeatKeys body) {
        refusal(context.parameters(), context.state(), context.height(), sender, body)
                .ifPresent(why -> {
                    throw new Refusal(why);
                });
        Refusal.unless(
                context.rules().beacons().holdsKeys(sender, context.network(), body),
                "the sender does not show that it holds these keys");
        Tables.SEAT_KEYS.put(context.state(), Keys.of(sender), new RegisteredKeys(body.keys(), context.epoch()));
    }

    /**
     * Why {@code body} may not be in the block of {@code height}, as far as can be said without looking at the keys. Cheap: pools
     * ask before they keep what pays nothing.
     */
    public static Optional<String> refusal(
            Parameters parameters, StateReader state, long height, NodeId sender, RegisterSeatKeys body) {
        long epoch = height / parameters.epochBlocks();
        return body.epoch() == epoch
                ? refusal(parameters, state, height, sender)
                : Optional.of("keys to be registered in epoch " + body.epoch() + ", and this is " + epoch);
    }

    /** Why {@code sender} may not register keys in the block of {@code height}, whatever they are; nothing if it may. */
    public static Optional<String> refusal(Parameters parameters, StateReader state, long height, NodeId sender) {
        Account account = Tables.ACCOUNTS.get(state, Keys.of(sender)).orElse(Account.EMPTY);
        if (account.standing().banned()) {
            return Optional.of("the sender's key is banned");
        }
        Optional<RegisteredKeys> before = Tables.SEAT_KEYS.get(state, Keys.of(sender));
        long epoch = height / parameters.epochBlocks();
        if (before.isPresent() && before.get().epoch() >= epoch) {
            return Optional.of("keys were registered in this epoch already; the next begins at block "
                    + (epoch + 1) * parameters.epochBlocks());
        }
        if (account.role(parameters) != Role.VETERAN && !isSeated(state, parameters.epochBlocks(), epoch, sender)) {
            return Optional.of("keys are registered by veterans and by members of the committee only");
        }
        boolean full = before.isEmpty()
                && Tables.SEAT_KEYS.scan(state, Bytes.EMPTY, MAX_REGISTERED).size() == MAX_REGISTERED;
        return full ? Optional.of(MAX_REGISTERED + " accounts have registered keys already") : Optional.empty();
    }

    private static boolean isSeated(StateReader state, long epochBlocks, long epoch, NodeId node) {
        for (long e = epoch; e <= epoch + CommitteeWindow.AHEAD; e++) {
            boolean here = Committees.find(state, epochBlocks, e * epochBlocks)
                    .flatMap(committee -> committee.find(node))
                    .isPresent();
            if (here) {
                return true;
            }
        }
        return false;
    }
}

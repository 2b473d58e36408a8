package org.hearthnet.node.app;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;

/** Sets of parameters that hang together, and how a person changes single numbers in them. */
public final class NetworkPreset {
    /**
     * Steps of the longest way from a draw to a decision: three verifiers in turn, each with a second opinion and three
     * steps of a duty, then eight moves of a dispute.
     */
    private static final int DUTY_STEPS = 3 * 2 * 3;

    private static final int DISPUTE_MOVES = 8;

    private NetworkPreset() {}

    /** A network to look at on one machine: everything that takes days elsewhere takes seconds. */
    public static Parameters demo() {
        return new Parameters(
                400, // blockIntervalMs
                8, // epochBlocks
                20, // dutyBlocks
                20, // disputeBlocks
                24, // claimBlocks
                66, // vestingEpochs
                66, // unbondingEpochs
                1, // freezeEpochs
                Amount.credits(20), // minimumBond
                3, // graduationReputation
                50, // auditFloor
                20, // auditRecord
                800, // executorShare
                100, // dutyShare
                700, // finderShare: what buying a verifier costs at least
                1, // minimumVerifiers
                Amount.credits(100), // faucetGrant
                Amount.credits(100_000), // committeeBond: more than a demo's veterans have
                334, // seatCap: at least three hold it
                Amount.of(100)); // transactionFee
    }

    /**
     * A network between homes. The faucet gives just enough for a newcomer's first hundred transactions, as verifying is
     * the only way to earn: so little that making accounts for it does not pay.
     */
    public static Parameters real() {
        return new Parameters(
                2_000, // blockIntervalMs
                300, // epochBlocks: ten minutes
                300, // dutyBlocks: ten minutes a step
                600, // disputeBlocks: twenty minutes a move
                1_800, // claimBlocks: an hour
                144, // vestingEpochs: a day
                1_008, // unbondingEpochs: a week
                144, // freezeEpochs: a day
                Amount.credits(1_000), // minimumBond
                50, // graduationReputation
                50, // auditFloor
                50, // auditRecord
                800, // executorShare
                100, // dutyShare
                700, // finderShare: what buying a verifier costs at least
                8, // minimumVerifiers
                Amount.of(10_000), // faucetGrant
                Amount.credits(100_000), // committeeBond: a hundred least bonds
                100, // seatCap
                Amount.of(100)); // transactionFee
    }

    /** Blocks from a draw to the end of the longest dispute about it. */
    public static long longestDisputeBlocks(Parameters p) {
        return (long) DUTY_STEPS * p.dutyBlocks() + (long) DISPUTE_MOVES * p.disputeBlocks();
    }

    /**
     * {@code base} with some numbers replaced.
     *
     * @param settings name to value as people write it: whole numbers, amounts in credits with decimals
     * @throws IllegalArgumentException if there is no such parameter or it cannot have that value
     */
    public static Parameters with(Parameters base, Map<String, String> settings) {
        RecordComponent[] components = Parameters.class.getRecordComponents();
        Map<String, String> left = new LinkedHashMap<>(settings);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String text = left.remove(components[i].getName());
            values[i] = text == null ? read(base, components[i]) : parse(components[i], text);
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("no parameter is called " + String.join(", ", left.keySet())
                    + ". There are: " + String.join(", ", names()));
        }
        return construct(components, values);
    }

    /** The names of all parameters, in order. */
    public static List<String> names() {
        return Arrays.stream(Parameters.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** All numbers by name, for people; amounts in credits. */
    public static Map<String, String> values(Parameters of) {
        Map<String, String> out = new LinkedHashMap<>();
        for (RecordComponent component : Parameters.class.getRecordComponents()) {
            String unit = component.getType() == Amount.class ? " credits" : "";
            out.put(component.getName(), read(of, component) + unit);
        }
        return out;
    }

    private static Object read(Parameters from, RecordComponent component) {
        try {
            return component.getAccessor().invoke(from);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public record hides " + component.getName(), e);
        }
    }

    private static Object parse(RecordComponent component, String text) {
        try {
            return component.getType() == Amount.class ? credits(text) : (Object) Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(component.getName() + ": '" + text + "' is no whole number", e);
        }
    }

    /**
     * Reads an amount in credits, such as {@code 12.5}.
     *
     * @throws IllegalArgumentException if it is negative, too large or finer than one spark
     */
    public static Amount credits(String text) {
        try {
            return Amount.of(new BigDecimal(text.strip()).movePointRight(6).longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no amount of credits (zero or more, at most six decimals)", e);
        }
    }

    private static Parameters construct(RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<Parameters> constructor = Parameters.class.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getTargetException().getMessage()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record without its canonical constructor", e);
        }
    }
}

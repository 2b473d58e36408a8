package org.hearthnet.node.plan.search;

import java.util.Locale;
import java.util.OptionalInt;
import org.hearthnet.node.plan.CostModel;
import org.hearthnet.node.plan.Counting;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.Estimate;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.Pipeline;
import org.hearthnet.node.plan.Workload;

/** What would fit, for those whose plan does not. */
public final class Fit {
    private static final double[] SMALLER_BYTES = {1.0625, 0.5625};
    private static final String[] SMALLER_NAMES = {
        "8 bits (--bytes-per-weight 1.0625)", "4 bits (--bytes-per-weight 0.5625)"
    };

    private Fit() {}

    /** The fewest such devices that hold {@code model} in a pipeline with one short sequence; nothing if none do. */
    public static OptionalInt fewest(ModelShape model, Device device, Counting counting) {
        for (int cards = 1; cards <= model.layers(); cards++) {
            if (holds(model, device, cards, counting)) {
                return OptionalInt.of(cards);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean holds(ModelShape model, Device device, int cards, Counting counting) {
        Pipeline pipeline = Pipeline.even(model, cards, device, 1, device.bus(), device.bus());
        Estimate e = new CostModel(counting).estimate(pipeline, new Workload(1, 1, 1, false));
        return e.fits();
    }

    /** A sentence that says what is too small, and what would do. */
    public static String refusal(ModelShape model, Device device, int cards, Counting counting) {
        double memory = device.memoryBytes() * (1 - counting.reservedShare());
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%s needs %.1f GB for its weights, and %d x %s have %.1f GB to use. It would fit on ",
                model.name(),
                model.weightBytes() / 1e9,
                cards,
                device.name(),
                cards * memory / 1e9));
        OptionalInt fewest = fewest(model, device, counting);
        if (fewest.isPresent()) {
            out.append(fewest.getAsInt()).append(" of them");
        } else {
            out.append("no number of them, since one layer is larger than a device; take larger ones");
        }
        for (int i = 0; i < SMALLER_BYTES.length; i++) {
            if (SMALLER_BYTES[i] < model.bytesPerWeight()) {
                OptionalInt smaller = fewest(model.withBytesPerWeight(SMALLER_BYTES[i]), device, counting);
                if (smaller.isPresent()) {
                    out.append(", on ")
                            .append(smaller.getAsInt())
                            .append(" with weights of ")
                            .append(SMALLER_NAMES[i]);
                }
            }
        }
        return out.toString();
    }
}

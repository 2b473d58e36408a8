package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.inference.kernel.DeviceArray;

/** Puts the rows of passes together to the outputs of steps. */
final class OutputCollector {
    private final ModelConfig config;
    private final float[][] hidden;
    private final float[][] logits;
    private final int[] logitRows;

    OutputCollector(ModelConfig config, List<Step> steps, boolean last) {
        this.config = config;
        hidden = new float[steps.size()][];
        logits = new float[steps.size()][];
        logitRows = new int[steps.size()];
        for (int s = 0; s < hidden.length; s++) {
            int count = steps.get(s).input().count();
            hidden[s] = new float[last ? 0 : Math.multiplyExact(count, config.hidden())];
            int wanted = switch (steps.get(s).logits()) {
                case NONE -> 0;
                case LAST -> 1;
                case ALL -> count;
            };
            logits[s] = new float[last ? Math.multiplyExact(wanted, config.vocabulary()) : 0];
        }
    }

    void hidden(Rows rows, DeviceArray x) {
        int width = config.hidden();
        float[] read = x.read(rows.count() * width);
        for (int r = 0; r < rows.count(); r++) {
            Rows.Row row = rows.row(r);
            System.arraycopy(read, r * width, hidden[row.step()], row.index() * width, width);
        }
    }

    void logits(Rows rows, HeadPass.Logits computed) {
        computed.values().ifPresent(values -> logits(rows, computed.rows(), values));
    }

    private void logits(Rows rows, int[] chosen, DeviceArray values) {
        int width = config.vocabulary();
        for (int i = 0; i < chosen.length; i++) {
            int r = chosen[i];
            if (rows.wantsLogits(r)) {
                int step = rows.row(r).step();
                values.read(i * width, logits[step], logitRows[step]++ * width, width);
            }
        }
    }

    List<StageOutput> outputs() {
        var out = new ArrayList<StageOutput>();
        for (int s = 0; s < hidden.length; s++) {
            out.add(new StageOutput(hidden[s], logits[s], Optional.empty()));
        }
        return out;
    }
}

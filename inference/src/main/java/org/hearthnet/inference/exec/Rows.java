package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.List;

/** The positions of one pass: rows of a batch, each belonging to a step. */
final class Rows {
    /** A row: {@code index} is its place in the step's input. */
    record Row(int step, int index, int position) {}

    private final List<Step> steps;
    private final List<Row> rows;

    private Rows(List<Step> steps, List<Row> rows) {
        this.steps = steps;
        this.rows = rows;
    }

    /** Cuts all positions of all steps, in order, into passes of at most {@code limit} rows. */
    static List<Rows> cut(List<Step> steps, int limit) {
        var passes = new ArrayList<Rows>();
        var pass = new ArrayList<Row>();
        for (int s = 0; s < steps.size(); s++) {
            Step step = steps.get(s);
            for (int i = 0; i < step.input().count(); i++) {
                pass.add(new Row(s, i, step.sequence().length() + i));
                if (pass.size() == limit) {
                    passes.add(new Rows(steps, List.copyOf(pass)));
                    pass.clear();
                }
            }
        }
        if (!pass.isEmpty()) {
            passes.add(new Rows(steps, List.copyOf(pass)));
        }
        return passes;
    }

    int count() {
        return rows.size();
    }

    Row row(int r) {
        return rows.get(r);
    }

    int position(int r) {
        return rows.get(r).position();
    }

    Step step(int r) {
        return steps.get(rows.get(r).step());
    }

    int[] positions() {
        return rows.stream().mapToInt(Row::position).toArray();
    }

    /** Whether the last stage computes logits for a row. */
    boolean wantsLogits(int r) {
        return switch (step(r).logits()) {
            case NONE -> false;
            case LAST -> row(r).index() == step(r).input().count() - 1;
            case ALL -> true;
        };
    }
}

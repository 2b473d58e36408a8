package org.hearthnet.inference.exec;

import java.util.List;

/** What a stage demands of its inputs before it computes. */
final class InputCheck {
    private InputCheck() {}

    static void check(ModelConfig config, LayerRange range, Step step, List<Step> all) {
        if (!step.sequence().range().equals(range)) {
            throw new IllegalArgumentException(
                    "the sequence belongs to layers " + step.sequence().range());
        }
        if (all.stream().filter(other -> other.sequence() == step.sequence()).count() > 1) {
            throw new IllegalArgumentException("a sequence may occur once in a batch");
        }
        if (step.input().count() < 1) {
            throw new IllegalArgumentException("the input is empty");
        }
        switch (step.input()) {
            case StageInput.Tokens tokens -> tokens(config, range, tokens.ids());
            case StageInput.Hidden hidden -> hidden(config, range, hidden);
        }
    }

    private static void tokens(ModelConfig config, LayerRange range, int[] ids) {
        if (range.from() != 0) {
            throw new IllegalArgumentException("a stage that starts at layer " + range.from() + " takes no tokens");
        }
        for (int id : ids) {
            if (id < 0 || id >= config.vocabulary()) {
                throw new IllegalArgumentException("token id " + id + " is outside of 0.." + (config.vocabulary() - 1));
            }
        }
    }

    private static void hidden(ModelConfig config, LayerRange range, StageInput.Hidden hidden) {
        if (range.from() == 0) {
            throw new IllegalArgumentException("the first stage takes tokens");
        }
        if (hidden.values().length != (long) hidden.count() * config.hidden()) {
            throw new IllegalArgumentException("hidden input of " + hidden.values().length + " values for "
                    + hidden.count() + " x " + config.hidden());
        }
    }
}

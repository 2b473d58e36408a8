package org.hearthnet.node.pipeline;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.node.pipeline.stage.StageEngine;

/** An engine that goes wrong at some position. */
final class FaultyEngine implements StageEngine {
    private final StageEngine sound;
    private final Fault fault;
    private final int position;

    private enum Fault {
        STALL,
        POISON
    }

    private FaultyEngine(StageEngine sound, Fault fault, int position) {
        this.sound = sound;
        this.fault = fault;
        this.position = position;
    }

    /** Never comes back from the first frame that reaches {@code position}. */
    static StageEngine stalling(StageEngine sound, int position) {
        return new FaultyEngine(sound, Fault.STALL, position);
    }

    /** Yields infinity from {@code position} on, with roots that fit. */
    static StageEngine poisoning(StageEngine sound, int position) {
        return new FaultyEngine(sound, Fault.POISON, position);
    }

    @Override
    public ModelManifest manifest() {
        return sound.manifest();
    }

    @Override
    public LayerSpan held() {
        return sound.held();
    }

    @Override
    public int layerTokensPerSecond() {
        return sound.layerTokensPerSecond();
    }

    @Override
    public Run start(Assignment assignment, int stage) {
        Run run = sound.start(assignment, stage);
        return new Run() {
            private int executed;

            @Override
            public Frame run(StageInput input) throws InterruptedException {
                executed += input.count();
                Frame frame = run.run(input);
                return executed < position ? frame : spoil(frame);
            }

            @Override
            public void close() {
                run.close();
            }
        };
    }

    private Frame spoil(Frame frame) {
        return switch (fault) {
            case STALL -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("stalled");
            }
            case POISON -> {
                float[] hidden = frame.hidden().clone();
                Arrays.fill(hidden, Float.POSITIVE_INFINITY);
                int rows = frame.residuals().size();
                var residuals = new java.util.ArrayList<org.hearthnet.genesis.primitive.Hash32>();
                for (int i = 0; i < rows; i++) {
                    residuals.add(VectorRoot.of(hidden, i * hidden.length / rows, hidden.length / rows));
                }
                yield new Frame(hidden, frame.token(), residuals, frame.traces());
            }
        };
    }

    @Override
    public void close() {
        sound.close();
    }
}

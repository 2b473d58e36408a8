package org.hearthnet.node.service.fault;

import java.util.OptionalInt;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.node.pipeline.stage.StageEngine;

/** An engine that computes as it should and then sends another token. */
final class LyingEngine implements StageEngine {
    private final StageEngine honest;
    private final PlantedFault fault;

    LyingEngine(StageEngine honest, PlantedFault fault) {
        this.honest = honest;
        this.fault = fault;
    }

    @Override
    public ModelManifest manifest() {
        return honest.manifest();
    }

    @Override
    public LayerSpan held() {
        return honest.held();
    }

    @Override
    public int layerTokensPerSecond() {
        return honest.layerTokensPerSecond();
    }

    @Override
    public Run start(Assignment assignment, int stage) {
        return new LyingRun(assignment.id(), honest.start(assignment, stage));
    }

    @Override
    public void close() {
        honest.close();
    }

    private final class LyingRun implements Run {
        private final Hash32 job;
        private final Run run;
        private int positions;

        LyingRun(Hash32 job, Run run) {
            this.job = job;
            this.run = run;
        }

        @Override
        public Frame run(StageInput input) throws InterruptedException {
            Frame frame = run.run(input);
            positions += input.count();
            OptionalInt token = frame.token();
            return token.isEmpty()
                    ? frame
                    : new Frame(
                            frame.hidden(), OptionalInt.of(lie(token.getAsInt())), frame.residuals(), frame.traces());
        }

        private int lie(int drawn) {
            ModelManifest.Shape shape = manifest().shape();
            return fault.token(job, positions - 1, drawn, shape);
        }

        @Override
        public void close() {
            run.close();
        }
    }
}

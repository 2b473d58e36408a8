package org.hearthnet.node.plan;

import java.util.List;

/**
 * What a pipeline does with a workload.
 *
 * @param stages each stage's part
 * @param secondsPerToken between two tokens of one sequence
 * @param tokensPerSecond of all sequences together
 * @param limit what takes most of the time
 * @param utilisation operations done over operations possible, of all devices
 * @param filled whether there are enough batches in flight that the busiest part never waits
 */
public record Estimate(
        List<StageEstimate> stages,
        double secondsPerToken,
        double tokensPerSecond,
        Limit limit,
        double utilisation,
        boolean filled) {
    /** Copies the stages. */
    public Estimate {
        stages = List.copyOf(stages);
    }

    /** Of one sequence. */
    public double tokensPerSecondOfOne() {
        return 1 / secondsPerToken;
    }

    /** Of a token's time: computing and reading. */
    public double computeSeconds() {
        return stages.stream().mapToDouble(StageEstimate::computeSeconds).sum();
    }

    /** Of a token's time: the exchange within stages and the way between them. */
    public double communicationSeconds() {
        return stages.stream()
                .mapToDouble(s -> s.exchangeSeconds() + s.sendSeconds())
                .sum();
    }

    /** Whether every device has the memory. */
    public boolean fits() {
        return stages.stream().allMatch(s -> s.memory().fits());
    }
}

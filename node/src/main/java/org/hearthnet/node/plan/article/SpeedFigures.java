package org.hearthnet.node.plan.article;

import static org.hearthnet.node.plan.article.Article.GIGA;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hearthnet.node.plan.Counting;
import org.hearthnet.node.plan.Estimate;

/** Pipelines of eight cards and of eight hosts. */
final class SpeedFigures {
    private static final double MILLIS = 1e3;
    private static final double MICROS = 1e6;
    private static final double PERCENT = 100;

    private SpeedFigures() {}

    static List<Computed> all() {
        return List.of(
                Computed.of("A09", "2 x parameters / cards / memory bandwidth", a -> stage(a, 1) * MILLIS),
                Computed.of("A10", "cards x A09", a -> a.pipeline(1).computeSeconds() * MILLIS),
                Computed.of(
                        "A11",
                        "batch x 2 x parameters / cards / operations a second",
                        a -> stage(a, a.in().inference().pipelineLargeBatch()) * MILLIS),
                Computed.of(
                        "A12",
                        "batch x hidden x 2 bytes",
                        "131 kB, which are 128 KiB",
                        a -> a.activations(a.in().inference().pipelineSmallBatch()) / 1024),
                Computed.several(
                        "A13",
                        "batch x hidden x 2 bytes, with 16 KiB as 16 kB and exactly",
                        "the article prints both: 330 x 16 kB and 330 x 16384 bytes",
                        a -> new double[] {a.roundedActivations(a.balanced()) / 1e6, a.activations(a.balanced()) / 1e6
                        }),
                Computed.of(
                        "A14",
                        "8 hops x batch x hidden x 2 bytes / 125 MB/s",
                        "3 tokens/s leaves out the 140 ms of computing: with them it is 2.1 (T19)",
                        a -> a.pipeline(a.slow(), a.balanced(), Counting.article())
                                .communicationSeconds()),
                Computed.of(
                        "A15",
                        "(1 / 5 s - 8 x A09) / 8 x 125 MB/s / 16 KiB, rounded down",
                        "the article divides 960 KB by 16 KB; 7.5 ms at 125 MB/s are 937.5 kB, and 16 KiB are 16.4 kB",
                        a -> (double) a.slowBatch()),
                Computed.of("T11", "1 / A10", a -> a.pipeline(1).tokensPerSecondOfOne()),
                Computed.of(
                        "T12",
                        "A12 / 32 GB/s",
                        a -> seconds(a, a.activations(a.in().inference().pipelineSmallBatch())) * MICROS),
                Computed.several("T13", "A13 / 32 GB/s", "", a -> new double[] {
                    seconds(a, a.roundedActivations(a.balanced())) * MILLIS,
                    seconds(a, a.activations(a.balanced())) * MILLIS
                }),
                Computed.of(
                        "T14",
                        "hidden x 2 bytes / 125 MB/s",
                        "16 KB on 1 Gbit/s take 0.13 ms; 0.25 ms would be 0.5 Gbit/s",
                        a -> a.slow().withoutMessageTime().seconds(a.activations(1)) * MILLIS),
                Computed.of(
                        "T15",
                        "T14 + protocol stacks",
                        "follows from T14: 0.38 ms",
                        a -> a.slow().seconds(a.activations(1)) * MILLIS),
                Computed.of(
                        "T16",
                        "8 x T15",
                        "follows from T14: 3 ms",
                        a -> a.cards() * a.slow().seconds(a.activations(1)) * MILLIS),
                Computed.of(
                        "T17",
                        "(A09 + T15) / T14",
                        "follows from T14: 18 ms / 0.25 ms are 72, with 0.13 ms it is one in 136",
                        a -> (stage(a, 1) + a.slow().seconds(a.activations(1)))
                                / a.slow().withoutMessageTime().seconds(a.activations(1))),
                Computed.of(
                        "T18",
                        "batch x hidden x 2 bytes / 125 MB/s",
                        "41 ms are 330 x 125 us, but 16384 bytes take 131 us",
                        a -> a.slow().withoutMessageTime().seconds(a.activations(a.balanced())) * MILLIS),
                Computed.of(
                        "T19",
                        "1 / (A10 + A14)",
                        "3 is 1 / 0.33 s, without computing; with the 140 ms of A10 it is 2.1",
                        a -> a.pipeline(a.slow(), a.balanced(), Counting.article())
                                .tokensPerSecondOfOne()),
                Computed.of(
                        "T20",
                        "7.5 ms x 125 MB/s",
                        a -> a.hopSeconds() * a.slow().bytesPerSecond() / 1000),
                Computed.of(
                        "T21",
                        "8 batches in flight x batch / time of a token",
                        a -> slow(a, Estimate::tokensPerSecond)),
                Computed.of(
                        "T22",
                        "operations done / operations possible",
                        "under 20, as the article says: 60 of 330 are 18 %, before the time of the hops",
                        a -> slow(a, Estimate::utilisation) * PERCENT));
    }

    /** Nothing, if the target leaves no time for the hops at all. */
    private static double slow(Article a, ToDoubleFunction<Estimate> what) {
        return a.slowBatch() < 1 ? 0 : what.applyAsDouble(a.filledPipeline(a.slow(), a.slowBatch()));
    }

    private static double stage(Article a, int batch) {
        return a.pipeline(batch).stages().getFirst().computeSeconds();
    }

    private static double seconds(Article a, double bytes) {
        return a.card4090().bus().withoutMessageTime().seconds(bytes);
    }

    /** Tensor parallelism on eight cards of a server. */
    static List<Computed> tensor() {
        return List.of(
                Computed.of(
                        "A16",
                        "2 x layers x (30 us + 16 KiB / 32 GB/s)",
                        a -> single(a).communicationSeconds() * MILLIS),
                Computed.of("A17", "A09 + A16", a -> single(a).secondsPerToken() * MILLIS),
                Computed.of(
                        "A18",
                        "A09 + 2 x layers x batch x hidden x 2 bytes / 32 GB/s",
                        "without the 30 us a transfer that the article counts at batch 1; with them 49.3 ms",
                        a -> a.server(a.card4090(), a.balanced(), false).secondsPerToken() * MILLIS),
                Computed.of("A19", "batch / the longer of computing and communication", Article::throughput4090),
                Computed.of(
                        "T23",
                        "hidden x 2 bytes / 32 GB/s",
                        "0.5 us; the article halves the 64 GB/s of both directions twice. It does not matter beside 30 us",
                        a -> seconds(a, a.activations(1)) * MICROS),
                Computed.of("T24", "1 / A17", a -> single(a).tokensPerSecondOfOne()),
                Computed.of(
                        "T25",
                        "batch x hidden x 2 bytes / 32 GB/s",
                        a -> seconds(a, a.activations(a.balanced())) * MILLIS),
                Computed.of(
                        "T26",
                        "2 x layers x T25",
                        a -> a.server(a.card4090(), a.balanced(), false).communicationSeconds() * MILLIS),
                Computed.of(
                        "T27",
                        "1 / A18",
                        a -> a.server(a.card4090(), a.balanced(), false).tokensPerSecondOfOne()),
                Computed.of("T28", "batch x hidden x 2 bytes", a -> h100Bytes(a) / 1e6),
                Computed.of(
                        "T29",
                        "T28 / 450 GB/s",
                        "0.0107 ms, which the article rounds to 0.01",
                        a -> h100Bytes(a) / (a.in().card("h100").bothWaysGigabytesPerSecond() / 2 * GIGA) * MILLIS),
                Computed.of(
                        "T30",
                        "2 x layers x T29",
                        "follows from the rounding of T29: 1.7 ms",
                        a -> h100(a).communicationSeconds() * MILLIS),
                Computed.of("T31", "2 x parameters / cards / 3.35 TB/s", a -> h100(a).computeSeconds() * MILLIS),
                Computed.of("T32", "T30 + T31", a -> h100(a).secondsPerToken() * MILLIS),
                Computed.of("T33", "1 / T32", a -> h100(a).tokensPerSecondOfOne()));
    }

    private static Estimate single(Article a) {
        return a.tensor(a.card4090(), a.card4090().bus(), 1, false, true);
    }

    private static double h100Bytes(Article a) {
        return a.activations(a.in().inference().balancedBatchH100());
    }

    private static Estimate h100(Article a) {
        return a.server(a.h100(), a.in().inference().balancedBatchH100(), false);
    }
}

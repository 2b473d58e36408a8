package org.hearthnet.node.plan.article;

import static org.hearthnet.node.plan.article.Article.GIGA;

import java.util.List;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.Economics;
import org.hearthnet.node.plan.Training;

/** Why large models are not trained on these cards. */
final class TrainingFigures {
    private static final double TERA = 1e12;
    private static final double HOURS_A_DAY = 24;
    private static final double MINUTES_A_DAY = 24 * 60;
    private static final double PERCENT = 100;

    private TrainingFigures() {}

    static List<Computed> all() {
        return List.of(
                Computed.of(
                        "A27",
                        "weights + gradients + 12 bytes a parameter + activations",
                        a -> a.training().memory().total() / GIGA),
                Computed.several(
                        "A28", "2 x 3 x hidden / n / 2 bytes >= operations a second / one-way bandwidth", "", a ->
                                new double[] {limit(a, "rtx4090"), limit(a, "h100"), h800Limit(a)}),
                Computed.of(
                        "T80",
                        "GPU hours / hours of a month",
                        a -> a.in().training().a100Hours() / (a.in().training().monthDays() * HOURS_A_DAY)),
                Computed.of("T81", "GPU hours / 8760", a -> a.in().training().a100Hours() / Economics.HOURS_A_YEAR),
                Computed.several("T82", "2 bytes, 2 bytes and 12 bytes a parameter", "", a -> {
                    Training.Memory m = a.training().memory();
                    return new double[] {m.weights() / GIGA, m.gradients() / GIGA, m.optimizer() / GIGA};
                }),
                Computed.of(
                        "T83",
                        "tokens x batch x hidden x layers x (10 + 24) bytes",
                        a -> a.training().memory().activations() / GIGA),
                Computed.several("T84", "A27 / memory of a card, rounded up", "", a -> new double[] {
                    a.training().memory().devices(a.h100()),
                    a.training().memory().devices(a.card4090())
                }),
                Computed.of("T85", "n (n + 1) / 2", a -> a.training().fullRecomputationLayers()),
                Computed.of(
                        "T86",
                        "T85 / layers",
                        a -> a.training().fullRecomputationLayers() / a.model().layers()),
                Computed.of(
                        "T87",
                        "2 x stages",
                        "159 with the article's own 2 N - 1; it then counts 80 x 2",
                        a -> 2.0 * a.model().layers()),
                Computed.of(
                        "T88",
                        "T87 / layers of a group",
                        a -> 2.0
                                * a.model().layers()
                                / ((double) a.model().layers()
                                        / a.in().training().groups())),
                Computed.of(
                        "T89",
                        "parameters of a layer x 4 bytes",
                        "with 1B parameters a layer, as the article rounds 70 / 80",
                        a -> Training.gradientBytes(a.layerParameters()) / GIGA),
                Computed.of("T90", "6 x parameters x batch x tokens", a -> layerOperations(a) / TERA),
                Computed.of("T91", "T90 / 330 TFLOP/s", TrainingFigures::layerSeconds),
                Computed.of("T92", "T89 / 32 GB/s", TrainingFigures::gradientSeconds),
                Computed.of("T93", "2 x T92", a -> 2 * gradientSeconds(a)),
                Computed.of("T94", "layers x T91", a -> a.model().layers() * layerSeconds(a)),
                Computed.of(
                        "T95",
                        "cards x batch",
                        a -> a.in().training().cluster() * a.in().training().batch()),
                Computed.of(
                        "T96",
                        "2 x 3 x hidden / heads / 2 bytes",
                        a -> a.training().operationsPerByte(a.model().heads())),
                Computed.several("T97", "330 TFLOP/s / T96, and twice that", "", a -> {
                    double needed = a.card4090().operationsPerSecond()
                            / a.training().operationsPerByte(a.model().heads())
                            / GIGA;
                    return new double[] {needed, 2 * needed};
                }),
                Computed.several(
                        "T98",
                        "operations a second / one-way bandwidth",
                        "1100 for the H100 divides by both directions together, though its limit of 11 (A28) is of one direction,"
                                + " as for all others: 2198",
                        a -> new double[] {
                            ratio(a.card4090()),
                            ratio(a.h100()),
                            a.h100().operationsPerSecond()
                                    / a.oneWay(a.in().training().h800BothWaysGigabytesPerSecond())
                                            .bytesPerSecond(),
                            a.h100().operationsPerSecond()
                                    / a.oneWay(a.in().training().pcie5BothWaysGigabytesPerSecond())
                                            .bytesPerSecond()
                        }),
                Computed.of(
                        "T99",
                        "as A28",
                        a -> a.training()
                                .tensorLimit(
                                        a.h100(), a.oneWay(a.in().training().pcie5BothWaysGigabytesPerSecond()))),
                Computed.of("T100", "minutes of a month / cards", "21", TrainingFigures::minutesBetweenFailures),
                Computed.of(
                        "T101",
                        "10 minutes / T100",
                        "47, from the 21 minutes of T100",
                        a -> a.in().training().recoveryMinutes() / minutesBetweenFailures(a) * PERCENT));
    }

    private static double limit(Article a, String card) {
        Device device = a.card(card);
        return a.training().tensorLimit(device, device.bus());
    }

    private static double h800Limit(Article a) {
        return a.training().tensorLimit(a.h100(), a.oneWay(a.in().training().h800BothWaysGigabytesPerSecond()));
    }

    private static double ratio(Device device) {
        return device.operationsPerSecond() / device.busBytesPerSecond();
    }

    private static double layerOperations(Article a) {
        return Training.operations(
                a.layerParameters(),
                (double) a.in().training().batch() * a.in().model().maxContext());
    }

    private static double layerSeconds(Article a) {
        return a.training().layerSeconds(a.layerParameters(), a.card4090());
    }

    private static double gradientSeconds(Article a) {
        return a.card4090().bus().withoutMessageTime().seconds(Training.gradientBytes(a.layerParameters()));
    }

    private static double minutesBetweenFailures(Article a) {
        var t = a.in().training();
        return t.monthDays() * MINUTES_A_DAY / (t.cluster() * t.failuresPerCardAndMonth());
    }
}

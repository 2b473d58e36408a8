package org.hearthnet.node.plan;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Models, devices, links and workloads for properties. */
final class Shapes {
    private Shapes() {}

    static ModelShape model(int layers, int keyValueHeads) {
        return new ModelShape("m", layers, 1024, 16, keyValueHeads, 64, 12e6, 30e6, 30e6, 2, 2, 2, 4096);
    }

    static Arbitrary<ModelShape> models() {
        return Combinators.combine(Arbitraries.integers().between(1, 48), Arbitraries.of(1, 2, 4, 8, 16))
                .as(Shapes::model);
    }

    static Arbitrary<Device> devices() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0.1, 1000),
                        Arbitraries.doubles().between(1, 200),
                        Arbitraries.doubles().between(10, 5000),
                        Arbitraries.doubles().between(1, 900),
                        Arbitraries.doubles().between(0, 100))
                .as((teraflops, gigabytes, speed, bus, micros) -> new Device(
                        "d", teraflops * 1e12, gigabytes * 1e9, speed * 1e9, bus * 1e9, micros * 1e-6, 1000, 300));
    }

    static Arbitrary<Link> links() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0.01, 400),
                        Arbitraries.doubles().between(0, 0.1))
                .as((gigabits, seconds) -> Link.gigabits("l", gigabits, seconds));
    }

    static Arbitrary<Workload> workloads() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 600),
                        Arbitraries.integers().between(1, 8192),
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.of(true, false))
                .as(Workload::new);
    }

    static Arbitrary<Counting> countings() {
        return Combinators.combine(
                        Arbitraries.of(Counting.Cache.values()),
                        Arbitraries.of(Counting.TensorTraffic.values()),
                        Arbitraries.of(Counting.Returns.values()),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((cache, traffic, returns, copies, time) ->
                        new Counting(cache, traffic, returns, copies, time, 0.05));
    }
}

package org.hearthnet.node.sim.economy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.hearthnet.node.sim.economy.Conduct.Finding;
import org.hearthnet.node.sim.economy.Conduct.Plea;
import org.hearthnet.node.sim.economy.Strategy.Kind;
import org.hearthnet.node.sim.economy.strategy.BeaconReroller;
import org.hearthnet.node.sim.economy.strategy.BitFlips;
import org.hearthnet.node.sim.economy.strategy.BribedVerifier;
import org.hearthnet.node.sim.economy.strategy.Colluders;
import org.hearthnet.node.sim.economy.strategy.CopyingFriends;
import org.hearthnet.node.sim.economy.strategy.DataWithholder;
import org.hearthnet.node.sim.economy.strategy.FalseAccuser;
import org.hearthnet.node.sim.economy.strategy.FlakyLine;
import org.hearthnet.node.sim.economy.strategy.LateCheat;
import org.hearthnet.node.sim.economy.strategy.LayerSkipper;
import org.hearthnet.node.sim.economy.strategy.LazyVerifier;
import org.hearthnet.node.sim.economy.strategy.NonServer;
import org.hearthnet.node.sim.economy.strategy.OccasionalCheat;
import org.hearthnet.node.sim.economy.strategy.PrivateCorner;
import org.hearthnet.node.sim.economy.strategy.PromptSubstituter;
import org.hearthnet.node.sim.economy.strategy.ReplayFarmer;
import org.hearthnet.node.sim.economy.strategy.SeamPoisoner;
import org.hearthnet.node.sim.economy.strategy.SelfDealingClient;
import org.hearthnet.node.sim.economy.strategy.SmallerModel;
import org.hearthnet.node.sim.economy.strategy.SybilNewcomers;

/** All strategies with the parameters that the best response is looked for among. */
public final class Strategies {
    private static final int[] OFTEN = {20, 100, 1000};

    /** The strategy that a ring with a third of everything has in the town. */
    static final String COALITION = "colluding executor and verifiers";

    private Strategies() {}

    /** In the order of the report. */
    public static List<Strategy> all() {
        return List.of(
                executor("flaky home line", List.of(new FlakyLine(10), new FlakyLine(50), new FlakyLine(200))),
                executor("bit-flipping card", List.of(new BitFlips(1e-9, true), new BitFlips(1e-7, true))),
                executor("smaller model", pleas((often, plea) -> new SmallerModel(750, plea), FULL_TIME)),
                executor("layer skipper", pleas((often, plea) -> new LayerSkipper(often, 250, plea), OFTEN)),
                executor("occasional cheat", pleas(OccasionalCheat::new, OFTEN)),
                executor("cheat after a long record", pleas(LateCheat::new, new int[] {1, 3, 10})),
                executor("non-server", each(NonServer::new)),
                verifier("lazy verifier", lazy()),
                verifier("false accuser", List.of(new FalseAccuser(50), new FalseAccuser(1000))),
                executor(COALITION, pleas(Colluders::new, OFTEN)),
                executor("private corner", List.of(new PrivateCorner(1), new PrivateCorner(8))),
                executor("replay farmer", List.of(new ReplayFarmer(1), new ReplayFarmer(8))),
                executor("self-dealing client", List.of(new SelfDealingClient(1), new SelfDealingClient(8))),
                executor("Sybil newcomers", sybils()),
                new Strategy("voucher and escrow over-issuer", Kind.REFUSED, List.of()),
                new Strategy("claim inflater", Kind.REFUSED, List.of()),
                executor("seam poisoner", pleas(SeamPoisoner::new, OFTEN)),
                executor("prompt substituter", pleas((often, plea) -> new PromptSubstituter(often, 500, plea), OFTEN)),
                executor("data withholder", List.of(new DataWithholder())),
                executor("beacon re-roller", pleas(BeaconReroller::new, OFTEN)),
                executor("bribed verifier", each(BribedVerifier::new)),
                executor("copying among friends", List.of(new CopyingFriends())));
    }

    private static final int[] FULL_TIME = {1000};

    private static Strategy executor(String name, List<Conduct> variants) {
        return new Strategy(name, Kind.EXECUTOR, variants);
    }

    private static Strategy verifier(String name, List<Conduct> variants) {
        return new Strategy(name, Kind.VERIFIER, variants);
    }

    private static List<Conduct> pleas(BiFunction<Integer, Plea, Conduct> make, int[] parameters) {
        List<Conduct> out = new ArrayList<>();
        for (int parameter : parameters) {
            for (Plea plea : Plea.values()) {
                out.add(make.apply(parameter, plea));
            }
        }
        return out;
    }

    private static List<Conduct> each(java.util.function.IntFunction<Conduct> make) {
        return java.util.Arrays.stream(OFTEN).mapToObj(make).toList();
    }

    private static List<Conduct> lazy() {
        return List.of(
                new LazyVerifier(Finding.GUESS),
                new LazyVerifier(Finding.NOT_SERVED),
                new LazyVerifier(Finding.ABSENT));
    }

    private static List<Conduct> sybils() {
        List<Conduct> out = new ArrayList<>();
        for (int keys : new int[] {100, 4000}) {
            for (int often : new int[] {20, 1000}) {
                out.add(new SybilNewcomers(keys, often));
            }
        }
        return out;
    }
}

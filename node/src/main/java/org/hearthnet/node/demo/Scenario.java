package org.hearthnet.node.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.node.app.NodeProcess;
import org.hearthnet.node.chain.EventText;
import org.hearthnet.node.chain.Names;
import org.hearthnet.node.p2p.Multiaddr;

/** The acts of the demo, one method each. Waits for what should happen; says what did not. */
final class Scenario {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MOST_JOBS_TO_GRADUATE = 20;
    private static final int MOST_JOBS_TO_CONVICT = 4;
    private static final List<String> PROMPTS = List.of(
            "Once upon a time there was a fox who",
            "The old king had three daughters, and",
            "In a cottage at the edge of the forest",
            "A little mouse once found a golden ring",
            "Long ago, when wishes still came true,");

    private final Story story;
    private final DemoNetwork network;
    private final List<Job> jobs = new ArrayList<>();
    private long heightAtKill;

    Scenario(Story story, DemoNetwork network) {
        this.story = story;
        this.network = network;
    }

    /** A job and what came of it. */
    private record Job(String prompt, long seed, int maxTokens, String text) {}

    /** Plays everything; returns what only an eyewitness can tell. All processes have ended afterwards. */
    ReportBuilder.Seen play(ChainSpec spec) throws IOException, InterruptedException, TimeoutException {
        gather();
        EventText events = new EventText(new Names(spec, labels()));
        try (Observer observer =
                Observer.join(spec, Multiaddr.parse(network.address(Cast.KEEPER)), e -> tell(events, e))) {
            ready(observer);
            sellStories(observer);
            catchCheat(observer);
            killStage(observer);
            settle(observer);
        }
        boolean equal = compareWithLocal();
        network.stop();
        return new ReportBuilder.Seen(equal, Cast.ANNA, heightAtKill, story.seconds(), network.peakMiB());
    }

    private Map<NodeId, String> labels() {
        Map<NodeId, String> out = new HashMap<>();
        network.keys().forEach((who, id) -> out.put(id, who.label()));
        return out;
    }

    private void tell(EventText events, LedgerEvent event) {
        events.of(event).ifPresent(text -> story.line("ledger   %s", text));
    }

    private void gather() throws IOException, InterruptedException, TimeoutException {
        story.chapter("Eight nodes, eight processes; they share sockets and a genesis file");
        network.start(Cast.KEEPER);
        List<Cast> others = List.of(Cast.ANNA, Cast.BEN, Cast.CLEO, Cast.DORA, Cast.EMIL, Cast.GUS);
        for (Cast who : others) {
            network.launch(who);
        }
        for (Cast who : others) {
            network.awaitUp(who);
        }
        for (Cast who : Cast.all()) {
            story.line("%-7s %s  %s", who.label(), account(who), who.part());
        }
        story.line(
                "keeper, anna, ben and cleo are the committee: a block is final when three of them have signed for it.");
    }

    private String account(Cast who) {
        return java.util.Objects.requireNonNull(network.keys().get(who)).shortHex();
    }

    private void ready(Observer observer) throws InterruptedException, TimeoutException {
        Observer.await(
                "everybody to register what they hold",
                PATIENCE,
                () -> observer.count(LedgerEvent.HoldingChanged.class, e -> true) >= 5
                        && observer.read(v -> v.nextEpoch()) >= 2);
    }

    private void sellStories(Observer observer) throws IOException, InterruptedException, TimeoutException {
        story.chapter("Paid jobs run through two stages; newcomers check them and earn");
        submit(PROMPTS.get(0), 1, 48);
        for (int i = 1; i < MOST_JOBS_TO_GRADUATE && graduated(observer) == 0; i++) {
            if (i < 3 || settled(observer)) {
                buy(PROMPTS.get(i % PROMPTS.size()), 1 + i, 40);
            }
            long until = System.nanoTime() + Duration.ofSeconds(6).toNanos();
            while (graduated(observer) == 0 && System.nanoTime() < until) {
                Thread.sleep(100);
            }
        }
        Observer.await("a newcomer to graduate", PATIENCE, () -> graduated(observer) > 0);
    }

    private static boolean settled(Observer observer) {
        return observer.count(LedgerEvent.DutyDrawn.class, e -> true)
                <= observer.count(LedgerEvent.DutyAgreed.class, e -> true);
    }

    private static long graduated(Observer observer) {
        return observer.count(LedgerEvent.Graduated.class, e -> true);
    }

    private void catchCheat(Observer observer) throws IOException, InterruptedException, TimeoutException {
        story.chapter("A veteran that is cheaper than the rest, and skips a layer now and then");
        network.start(Cast.FAYE);
        long wanted = 1;
        for (int i = 0; i < MOST_JOBS_TO_CONVICT && convicted(observer) == 0; i++) {
            lie(PROMPTS.get(i % PROMPTS.size()), 100 + i, 40);
            Observer.await(
                    "the receipts of that job to be checked",
                    PATIENCE,
                    () -> convicted(observer) > 0
                            || observer.count(LedgerEvent.BatchClosed.class, e -> isFaye(e.executor())) >= wanted);
        }
        Observer.await("the conviction of faye", PATIENCE, () -> convicted(observer) > 0);
    }

    private boolean isFaye(NodeId id) {
        return id.equals(network.keys().get(Cast.FAYE));
    }

    private long convicted(Observer observer) {
        return observer.count(
                LedgerEvent.Convicted.class, e -> isFaye(e.conviction().node()));
    }

    private void killStage(Observer observer) throws IOException, InterruptedException, TimeoutException {
        story.chapter("A stage is killed in the middle of a job (SIGKILL)");
        int[] pieces = {0};
        String prompt = PROMPTS.get(3);
        GatewayClient.Completion done = new GatewayClient(network.gatewayPort()).complete(prompt, 7, 64, piece -> {
            story.text(piece);
            if (++pieces[0] == 12) {
                kill(observer);
            }
        });
        jobs.add(new Job(prompt, 7, 64, done.text()));
        story.line("gus      the story went on with the spare; nothing was repeated, nothing is missing");
        network.start(Cast.ANNA);
        story.line("anna     is back");
    }

    private void kill(Observer observer) {
        try {
            network.kill(Cast.ANNA);
            heightAtKill = observer.height();
            story.line("anna     killed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the last receipts be claimed and checked, and the killed node catch up. */
    private void settle(Observer observer) throws InterruptedException, TimeoutException {
        long epoch = observer.read(v -> v.nextEpoch());
        Observer.await(
                "the last receipts to be committed", PATIENCE, () -> observer.read(v -> v.nextEpoch()) > epoch + 1);
        Observer.await("the last duties to end", PATIENCE, () -> observer.read(v -> openDuties(v) == 0));
    }

    private long openDuties(org.hearthnet.ledger.store.LedgerView view) {
        return network.keys().values().stream()
                .mapToLong(id -> view.openDuties(id, 100).size())
                .sum();
    }

    /** A job by {@code hearth submit}. */
    private void submit(String prompt, long seed, int maxTokens) throws IOException, InterruptedException {
        story.line("gus      hearth submit \"%s\"", prompt);
        String out = NodeProcess.run(
                List.of(
                        "submit",
                        prompt,
                        "--data",
                        network.home(Cast.GUS).toString(),
                        "--seed",
                        "" + seed,
                        "--max-tokens",
                        "" + maxTokens,
                        "--max-price",
                        "" + DemoNetwork.MAX_PRICE,
                        "--json"),
                PATIENCE);
        String text = SpecJson.mapper().readTree(out).path("text").asText();
        story.text(text);
        jobs.add(new Job(prompt, seed, maxTokens, text));
    }

    /** A job through the gateway. */
    private void buy(String prompt, long seed, int maxTokens) throws IOException, InterruptedException {
        story.line("gus      POST /v1/completions \"%s\"", prompt);
        String text = new GatewayClient(network.gatewayPort())
                .complete(prompt, seed, maxTokens, story::text)
                .text();
        jobs.add(new Job(prompt, seed, maxTokens, text));
    }

    /** A job that a faulty stage may spoil: its text is not held against local generation. */
    private void lie(String prompt, long seed, int maxTokens) throws IOException, InterruptedException {
        story.line("gus      POST /v1/completions \"%s\"", prompt);
        new GatewayClient(network.gatewayPort()).complete(prompt, seed, maxTokens, story::text);
    }

    private boolean compareWithLocal() throws IOException, InterruptedException {
        story.chapter("The same stories by hearth generate, in processes of their own");
        boolean equal = true;
        for (Job job : jobs) {
            String out = NodeProcess.run(
                    List.of(
                            "generate",
                            job.prompt(),
                            "--seed",
                            "" + job.seed(),
                            "--max-tokens",
                            "" + job.maxTokens(),
                            "--json"),
                    PATIENCE);
            JsonNode local = SpecJson.mapper().readTree(out);
            boolean same = local.path("text").asText().equals(job.text());
            equal &= same;
            story.line("%s  \"%s ...\"", same ? "equal    " : "DIFFERENT", job.prompt());
        }
        return equal;
    }
}

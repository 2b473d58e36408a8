package org.hearthnet.node.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.node.chain.ChainService;
import org.hearthnet.node.chain.Peers;
import org.hearthnet.node.chain.TransactionOutcome;
import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.Host;

/**
 * The HTTP interface for commands on the same machine: 127.0.0.1 only, a port of the system's choice, and a token that only
 * who may read {@code node.json} knows.
 */
public final class LocalApi implements AutoCloseable {
    /** Longest body in bytes: the largest transaction as hexadecimal digits. */
    static final int MAX_BODY = 2 * SignedTransaction.MAX_BYTES + 1024;

    /** How long one question for an outcome waits; the caller asks again. */
    private static final Duration OUTCOME_WAIT = Duration.ofSeconds(5);

    private final String token = newToken();
    private final NodeDirectory directory;
    private final ChainService chain;
    private final Host host;
    private final LedgerQueries queries;
    private final List<LocalRoutes> further;
    private final long startedMs = System.currentTimeMillis();
    private final WebServer server;

    private LocalApi(NodeDirectory directory, ChainService chain, Host host, List<LocalRoutes> further) {
        this.directory = directory;
        this.chain = chain;
        this.host = host;
        this.queries = new LedgerQueries(LedgerSource.of(chain));
        this.further = List.copyOf(further);
        this.server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .maxTcpConnections(64)
                .maxPayloadSize(MAX_BODY)
                .routing(this::route)
                .build();
    }

    private static String newToken() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Starts it. */
    public static LocalApi start(NodeDirectory directory, ChainService chain, Host host, List<LocalRoutes> further) {
        LocalApi api = new LocalApi(directory, chain, host, further);
        api.server.start();
        return api;
    }

    /** The port. */
    public int port() {
        return server.port();
    }

    /** The bearer token. */
    public String token() {
        return token;
    }

    private void route(HttpRouting.Builder routing) {
        routing.any((request, response) -> {
            if (isAuthorised(request)) {
                response.next();
            } else {
                fail(response, 401, "the token is in node.json");
            }
        });
        routing.get("/v0/status", (request, response) -> send(response, 200, status()));
        routing.get("/v0/peers", (request, response) -> send(response, 200, peers()));
        routing.post("/v0/transactions", this::submit);
        routing.get("/v0/outcome/{id}", this::outcome);
        further.forEach(r -> r.add(routing));
        routing.get("/v0/*", this::query);
        routing.any((request, response) -> fail(response, 404, "there is no such thing"));
    }

    private boolean isAuthorised(ServerRequest request) {
        String shown = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        return MessageDigest.isEqual(
                ("Bearer " + token).getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private void query(ServerRequest request, ServerResponse response) {
        String path = request.path().path().substring("/v0/".length());
        try {
            Optional<JsonNode> answer = queries.answer(path);
            if (answer.isPresent()) {
                send(response, 200, answer.get());
            } else {
                fail(response, 404, "there is no " + path);
            }
        } catch (IllegalArgumentException e) {
            fail(response, 400, String.valueOf(e.getMessage()));
        }
    }

    private JsonNode status() {
        ObjectNode out = (ObjectNode) queries.answer("ledger").orElseThrow();
        out.put("running", true);
        out.put("pid", ProcessHandle.current().pid());
        out.put("account", chain.account().toHex());
        out.put("role", chain.read(v -> v.role(chain.account())).name());
        out.put("seat", chain.hasSeat());
        out.put("bestKnownHeight", chain.bestKnownHeight());
        out.put("peers", host.connections().size());
        out.put("pooledTransactions", chain.pooled());
        out.put("upSeconds", (System.currentTimeMillis() - startedMs) / 1000);
        out.put("data", directory.path().toString());
        ArrayNode addresses = out.putArray("addresses");
        host.listenAddresses().forEach(a -> addresses.add(a.withPeer(host.id()).toString()));
        return out;
    }

    private JsonNode peers() {
        ArrayNode out = LocalJson.mapper().createArrayNode();
        for (Connection connection : host.connections()) {
            ObjectNode peer = out.addObject();
            peer.put("account", Peers.nodeId(connection.remotePeer()).toHex());
            peer.put("peer", connection.remotePeer().toString());
            peer.put("address", connection.remoteAddress().toString());
            peer.put("outbound", connection.outbound());
            chain.heightOf(connection.remotePeer()).ifPresent(h -> peer.put("height", h));
            connection.roundTrip().ifPresent(t -> peer.put("roundTripMicros", t.toNanos() / 1000));
            connection.peerInfo().ifPresent(i -> peer.put("agent", i.agentVersion()));
        }
        return out;
    }

    private void submit(ServerRequest request, ServerResponse response) {
        try {
            byte[] body = request.content().inputStream().readNBytes(MAX_BODY + 1);
            JsonNode json = LocalJson.mapper().readTree(body);
            String hex = json == null ? "" : json.path("transaction").asText("");
            SignedTransaction signed = SignedTransaction.decode(HexFormat.of().parseHex(hex));
            Optional<String> refusal = chain.submitSigned(signed);
            if (refusal.isPresent()) {
                fail(response, 422, refusal.get());
            } else {
                ObjectNode out = LocalJson.mapper().createObjectNode();
                send(response, 202, out.put("id", signed.id().toHex()));
            }
        } catch (JsonProcessingException e) {
            fail(response, 400, "the body is no JSON: " + e.getOriginalMessage());
        } catch (CodecException | IllegalArgumentException e) {
            fail(response, 400, "not a signed transaction: " + e.getMessage());
        } catch (IOException e) {
            fail(response, 400, "the body cannot be read");
        }
    }

    private void outcome(ServerRequest request, ServerResponse response) throws InterruptedException {
        Hash32 id;
        try {
            id = Hash32.fromHex(request.path().pathParameters().get("id"));
        } catch (IllegalArgumentException e) {
            fail(response, 400, "not a transaction id");
            return;
        }
        ObjectNode out = LocalJson.mapper().createObjectNode();
        switch (chain.await(id, OUTCOME_WAIT)) {
            case TransactionOutcome.Included included ->
                out.put("state", "included").put("id", included.id().toHex()).put("height", included.height());
            case TransactionOutcome.Rejected rejected ->
                out.put("state", "rejected").put("reason", rejected.reason());
            case TransactionOutcome.TimedOut timedOut -> out.put("state", "waiting");
        }
        send(response, 200, out);
    }

    private static void fail(ServerResponse response, int status, String why) {
        send(response, status, LocalJson.mapper().createObjectNode().put("error", why));
    }

    private static void send(ServerResponse response, int status, JsonNode body) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(LocalJson.bytes(body));
    }

    @Override
    public void close() {
        server.stop();
    }
}

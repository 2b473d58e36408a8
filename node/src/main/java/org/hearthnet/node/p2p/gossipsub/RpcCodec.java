package org.hearthnet.node.p2p.gossipsub;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.wire.ProtoReader;
import org.hearthnet.node.p2p.wire.ProtoWriter;
import org.hearthnet.node.p2p.wire.WireException;

/**
 * The protobuf form of an {@link Rpc}. Reading refuses an RPC with more of anything than the limits below, before anything is
 * made of what is beyond them.
 */
public final class RpcCodec {
    /** The most bytes of an RPC. */
    public static final int MAX_RPC = 1024 * 1024;
    /** Subscriptions in an RPC. */
    static final int MAX_SUBSCRIPTIONS = 512;
    /** Messages in an RPC. */
    static final int MAX_MESSAGES = 512;
    /** IHAVE, GRAFT and PRUNE entries, of each. */
    static final int MAX_CONTROL = 256;
    /** Ids in all IHAVE entries, in all IWANT entries and in all IDONTWANT entries, of each. */
    static final int MAX_IDS = 5000;
    /** Peers offered in a PRUNE. */
    static final int MAX_PEERS = 32;

    private final List<Rpc.Subscription> subscriptions = new ArrayList<>();
    private final List<Message> publish = new ArrayList<>();
    private final List<Rpc.IHave> ihave = new ArrayList<>();
    private final List<MessageId> iwant = new ArrayList<>();
    private final List<String> graft = new ArrayList<>();
    private final List<Rpc.Prune> prune = new ArrayList<>();
    private final List<MessageId> idontwant = new ArrayList<>();
    private int unreadable;
    private int announced;

    private RpcCodec() {}

    /** @throws WireException if it is malformed or holds too much of something */
    public static Rpc decode(byte[] encoded) throws WireException {
        RpcCodec codec = new RpcCodec();
        codec.read(encoded);
        return new Rpc(
                codec.subscriptions,
                codec.publish,
                codec.unreadable,
                codec.ihave,
                codec.iwant,
                codec.graft,
                codec.prune,
                codec.idontwant);
    }

    private void read(byte[] encoded) throws WireException {
        ProtoReader in = new ProtoReader(encoded);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> subscription(in.bytes(MAX_RPC));
                case 2 -> message(in.bytes(MAX_RPC));
                case 3 -> control(in.bytes(MAX_RPC));
                default -> in.skip();
            }
        }
    }

    private void subscription(byte[] encoded) throws WireException {
        ProtoReader in = new ProtoReader(encoded);
        boolean subscribe = false;
        String topic = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> subscribe = in.varint() != 0;
                case 2 -> topic = in.string(Message.MAX_TOPIC);
                default -> in.skip();
            }
        }
        bound(subscriptions.size(), MAX_SUBSCRIPTIONS, "subscriptions");
        subscriptions.add(new Rpc.Subscription(topic, subscribe));
    }

    private void message(byte[] encoded) throws WireException {
        bound(publish.size() + unreadable, MAX_MESSAGES, "messages");
        try {
            publish.add(Message.decode(encoded));
        } catch (WireException e) {
            unreadable++; // perhaps of another policy or kind of key: no break of the RPC's form, and counted by the
            // router
        }
    }

    private void control(byte[] encoded) throws WireException {
        ProtoReader in = new ProtoReader(encoded);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> have(in.bytes(MAX_RPC));
                case 2 -> iwant(in.bytes(MAX_RPC));
                case 3 -> grafted(in.bytes(MAX_RPC));
                case 4 -> pruned(in.bytes(MAX_RPC));
                case 5 -> dontWant(in.bytes(MAX_RPC));
                default -> in.skip();
            }
        }
    }

    private void have(byte[] encoded) throws WireException {
        bound(ihave.size(), MAX_CONTROL, "IHAVE");
        ProtoReader in = new ProtoReader(encoded);
        String topic = "";
        List<MessageId> ids = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> topic = in.string(Message.MAX_TOPIC);
                case 2 -> {
                    bound(announced++, MAX_IDS, "ids in IHAVE");
                    ids.add(new MessageId(in.bytes(MessageId.MAX_SIZE)));
                }
                default -> in.skip();
            }
        }
        ihave.add(new Rpc.IHave(topic, ids));
    }

    private void iwant(byte[] encoded) throws WireException {
        ids(encoded, iwant, "ids in IWANT");
    }

    private void dontWant(byte[] encoded) throws WireException {
        ids(encoded, idontwant, "ids in IDONTWANT");
    }

    private static void ids(byte[] encoded, List<MessageId> into, String what) throws WireException {
        ProtoReader in = new ProtoReader(encoded);
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                bound(into.size(), MAX_IDS, what);
                into.add(new MessageId(in.bytes(MessageId.MAX_SIZE)));
            } else {
                in.skip();
            }
        }
    }

    private void grafted(byte[] encoded) throws WireException {
        bound(graft.size(), MAX_CONTROL, "GRAFT");
        ProtoReader in = new ProtoReader(encoded);
        String topic = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                topic = in.string(Message.MAX_TOPIC);
            } else {
                in.skip();
            }
        }
        graft.add(topic);
    }

    private void pruned(byte[] encoded) throws WireException {
        bound(prune.size(), MAX_CONTROL, "PRUNE");
        ProtoReader in = new ProtoReader(encoded);
        String topic = "";
        long backoff = 0;
        int count = 0;
        List<PeerId> peers = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> topic = in.string(Message.MAX_TOPIC);
                case 2 -> {
                    bound(count++, MAX_PEERS, "peers in PRUNE");
                    offered(in.bytes(MAX_RPC), peers);
                }
                case 3 -> backoff = in.varint();
                default -> in.skip();
            }
        }
        prune.add(new Rpc.Prune(topic, peers, backoff));
    }

    /** Signed peer records are skipped: the address book says where a peer is, and the handshake proves who it is. */
    private static void offered(byte[] encoded, List<PeerId> into) throws WireException {
        ProtoReader in = new ProtoReader(encoded);
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field != 1) {
                in.skip();
                continue;
            }
            byte[] id = in.bytes(MessageId.MAX_SIZE);
            try {
                into.add(PeerId.ofBytes(id));
            } catch (WireException e) {
                continue; // another kind of key, of no use here
            }
        }
    }

    private static void bound(int have, int limit, String what) throws WireException {
        if (have >= limit) {
            throw new WireException("RPC with more than " + limit + " " + what);
        }
    }

    /** The protobuf form. Whether it fits into {@link #MAX_RPC} is for the caller to see to. */
    public static byte[] encode(Rpc rpc) {
        ProtoWriter out = new ProtoWriter();
        for (Rpc.Subscription s : rpc.subscriptions()) {
            out.bytes(
                    1,
                    new ProtoWriter()
                            .varint(1, s.subscribe() ? 1 : 0)
                            .string(2, s.topic())
                            .toBytes());
        }
        for (Message m : rpc.publish()) {
            out.bytes(2, m.encode());
        }
        byte[] control = encodeControl(rpc);
        return (control.length == 0 ? out : out.bytes(3, control)).toBytes();
    }

    private static byte[] encodeControl(Rpc rpc) {
        ProtoWriter out = new ProtoWriter();
        for (Rpc.IHave h : rpc.ihave()) {
            out.bytes(1, ids(new ProtoWriter().string(1, h.topic()), 2, h.ids()));
        }
        if (!rpc.iwant().isEmpty()) {
            out.bytes(2, ids(new ProtoWriter(), 1, rpc.iwant()));
        }
        for (String topic : rpc.graft()) {
            out.bytes(3, new ProtoWriter().string(1, topic).toBytes());
        }
        for (Rpc.Prune p : rpc.prune()) {
            ProtoWriter one = new ProtoWriter().string(1, p.topic());
            p.peers()
                    .forEach(peer -> one.bytes(
                            2, new ProtoWriter().bytes(1, peer.toBytes()).toBytes()));
            out.bytes(4, one.varint(3, p.backoffSeconds()).toBytes());
        }
        if (!rpc.idontwant().isEmpty()) {
            out.bytes(5, ids(new ProtoWriter(), 1, rpc.idontwant()));
        }
        return out.toBytes();
    }

    private static byte[] ids(ProtoWriter out, int field, List<MessageId> ids) {
        ids.forEach(id -> out.bytes(field, id.bytes()));
        return out.toBytes();
    }
}

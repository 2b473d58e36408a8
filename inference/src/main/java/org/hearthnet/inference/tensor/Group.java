package org.hearthnet.inference.tensor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hearthnet.genesis.arithmetic.PoisonException;

/**
 * One member's part in the group's exchanges. All members make the same calls in the same order; a run of them is
 * between {@link #begin} and the last {@link #agree}. When a run fails in one member it fails in all, with the same kind of error, and
 * the next can begin: what is left of the old one is known by its number and dropped.
 *
 * <p>A message is the run's number, the exchange's number in it, a kind, and the contents. For one thread.
 */
public final class Group {
    private static final int HEADER = Integer.BYTES + Integer.BYTES + 1;
    private static final int MAX_REASON = 200;
    /** Messages of runs that failed elsewhere; more than a run can leave behind means that a member does not keep step. */
    private static final int MAX_STALE = 64;

    private final GroupLink link;
    private int run;
    private int exchange;
    private boolean told;

    private enum Kind {
        DATA,
        POISON,
        MEMORY,
        FAILED
    }

    /** The group at the other end of {@code link}. */
    public Group(GroupLink link) {
        this.link = link;
    }

    /** This member's number. */
    public int self() {
        return link.self();
    }

    /** How many members there are. */
    public int members() {
        return link.members();
    }

    /** Whether this member collects: the first one. */
    private boolean leads() {
        return link.self() == 0;
    }

    /** Begins the next run. */
    public void begin() {
        run++;
        exchange = 0;
        told = false;
    }

    /** Returns when every member has come as far as this; at the end of a run, when none can fail any more. */
    public void agree() {
        gather(new byte[0], new int[members()]);
    }

    /**
     * Everybody's piece, for everybody.
     *
     * @param lengths bytes of each member's piece; whoever sends another number is broken
     */
    public List<byte[]> gather(byte[] own, int[] lengths) {
        exchange++;
        for (int m = 0; m < members(); m++) {
            if (m != self()) {
                send(m, Kind.DATA, own);
            }
        }
        return pieces(own, lengths);
    }

    /** Everybody's piece for the first member; the others get an empty list. */
    public List<byte[]> collect(byte[] own, int[] lengths) {
        exchange++;
        if (leads()) {
            return pieces(own, lengths);
        }
        send(0, Kind.DATA, own);
        return List.of();
    }

    /** Passes {@code length} zero bytes through all members in order, each of which changes them; everybody gets the result. */
    public byte[] relay(int length, Consumer<byte[]> change) {
        exchange++;
        int last = members() - 1;
        byte[] state = self() == 0 ? new byte[length] : receive(self() - 1, length);
        change.accept(state);
        if (self() == last) {
            for (int m = 0; m < last; m++) {
                send(m, Kind.DATA, state);
            }
            return state;
        }
        send(self() + 1, Kind.DATA, state);
        return receive(last, length);
    }

    /** Tells the others that the run has failed here; once, and not if one of them is lost. */
    public void fail(RuntimeException error) {
        if (told) {
            return;
        }
        told = true;
        Kind kind = switch (error) {
            case PoisonException e -> Kind.POISON;
            case GroupException e when e.kind() == GroupException.Kind.MEMORY -> Kind.MEMORY;
            default -> Kind.FAILED;
        };
        byte[] reason = String.valueOf(error.getMessage()).getBytes(StandardCharsets.UTF_8);
        byte[] text = reason.length > MAX_REASON ? java.util.Arrays.copyOf(reason, MAX_REASON) : reason;
        for (int m = 0; m < members(); m++) {
            if (m != self()) {
                tell(m, kind, text);
            }
        }
    }

    private void tell(int member, Kind kind, byte[] text) {
        try {
            send(member, kind, text);
        } catch (GroupException e) {
            // It is lost, and will not wait for anybody's word.
        }
    }

    private List<byte[]> pieces(byte[] own, int[] lengths) {
        List<byte[]> all = new ArrayList<>();
        for (int m = 0; m < members(); m++) {
            all.add(m == self() ? own : receive(m, lengths[m]));
        }
        return all;
    }

    private void send(int member, Kind kind, byte[] contents) {
        byte[] message = ByteBuffer.allocate(HEADER + contents.length)
                .putInt(run)
                .putInt(exchange)
                .put((byte) kind.ordinal())
                .put(contents)
                .array();
        link.send(member, message);
    }

    private byte[] receive(int member, int length) {
        for (int stale = 0; stale <= MAX_STALE; stale++) {
            ByteBuffer message = ByteBuffer.wrap(link.receive(member));
            if (message.remaining() < HEADER) {
                throw broken(member, "sent a message of " + message.remaining() + " bytes");
            }
            int itsRun = message.getInt();
            int itsExchange = message.getInt();
            int kind = message.get();
            if (itsRun < run) {
                continue;
            }
            if (itsRun > run || kind < 0 || kind >= Kind.values().length) {
                throw broken(member, "is out of step: run " + itsRun + " instead of " + run);
            }
            byte[] contents = new byte[message.remaining()];
            message.get(contents);
            if (kind != Kind.DATA.ordinal()) {
                throw failure(member, Kind.values()[kind], contents);
            }
            if (itsExchange != exchange || contents.length != length) {
                throw broken(
                        member,
                        "sent " + contents.length + " bytes in exchange " + itsExchange + ", due are " + length + " in "
                                + exchange);
            }
            return contents;
        }
        throw broken(member, "sends messages of old runs only");
    }

    private static GroupException broken(int member, String what) {
        return new GroupException(GroupException.Kind.BROKEN, member, what);
    }

    private static RuntimeException failure(int member, Kind kind, byte[] contents) {
        int length = Math.min(contents.length, MAX_REASON);
        String reason = new String(contents, 0, length, StandardCharsets.UTF_8);
        return switch (kind) {
            case POISON -> new PoisonException("member " + member + ": " + reason);
            case MEMORY -> new GroupException(GroupException.Kind.MEMORY, member, reason);
            case DATA, FAILED -> new GroupException(GroupException.Kind.FAILED, member, reason);
        };
    }
}

package org.hearthnet.node.p2p.yamux;

import java.nio.ByteBuffer;
import org.hearthnet.node.p2p.P2pException;

/**
 * The header of a frame: version, type, flags, stream, and a length that each type reads in its own way.
 *
 * @param length payload bytes, window increment, ping value or go-away code; unsigned 32 bits
 */
record Frame(int type, int flags, int stream, long length) {
    static final int HEADER = 12;

    static final int DATA = 0;
    static final int WINDOW_UPDATE = 1;
    static final int PING = 2;
    static final int GO_AWAY = 3;

    static final int SYN = 1;
    static final int ACK = 2;
    static final int FIN = 4;
    static final int RST = 8;
    private static final int ALL_FLAGS = SYN | ACK | FIN | RST;

    static final int NORMAL = 0;
    static final int PROTOCOL_ERROR = 1;
    static final int INTERNAL_ERROR = 2;

    private static final int VERSION = 0;

    static Frame decode(ByteBuffer in) throws P2pException {
        int version = in.get();
        int type = in.get();
        int flags = in.getShort() & 0xffff;
        int stream = in.getInt();
        long length = in.getInt() & 0xffffffffL;
        if (version != VERSION || type < DATA || type > GO_AWAY || (flags & ~ALL_FLAGS) != 0) {
            throw P2pException.protocol("yamux header: version " + version + ", type " + type + ", flags " + flags);
        }
        boolean session = type == PING || type == GO_AWAY;
        if (session != (stream == 0)) {
            throw P2pException.protocol("yamux frame of type " + type + " for stream " + stream);
        }
        return new Frame(type, flags, stream, length);
    }

    static void encode(ByteBuffer out, int type, int flags, int stream, long length) {
        out.put((byte) VERSION)
                .put((byte) type)
                .putShort((short) flags)
                .putInt(stream)
                .putInt((int) length);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}

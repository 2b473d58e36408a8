package org.hearthnet.node.p2p.noise;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Pipe;

/** Two ends of a connection within this process. */
public final class PipeChannel implements ByteChannel {
    private final Pipe.SourceChannel source;
    private final Pipe.SinkChannel sink;

    private PipeChannel(Pipe.SourceChannel source, Pipe.SinkChannel sink) {
        this.source = source;
        this.sink = sink;
    }

    public static PipeChannel[] pair() throws IOException {
        Pipe there = Pipe.open();
        Pipe back = Pipe.open();
        return new PipeChannel[] {
            new PipeChannel(back.source(), there.sink()), new PipeChannel(there.source(), back.sink())
        };
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return source.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return sink.write(from);
    }

    @Override
    public boolean isOpen() {
        return sink.isOpen();
    }

    @Override
    public void close() throws IOException {
        sink.close();
        source.close();
    }
}

package org.hearthnet.node.p2p.gossipsub;

import java.util.concurrent.TimeUnit;

/** The time as the service sees it; tests bring their own. */
public interface GossipClock {
    long nanos();

    /** Used to keep neighbours to their rates. */
    void sleep(long nanos) throws InterruptedException;

    static GossipClock system() {
        return new GossipClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(nanos);
            }
        };
    }
}

package org.hearthnet.node.p2p.flood;

import java.util.concurrent.TimeUnit;

/** The time as the flood service sees it; tests bring their own. */
public interface FloodClock {
    long nanos();

    void sleep(long nanos) throws InterruptedException;

    static FloodClock system() {
        return new FloodClock() {
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

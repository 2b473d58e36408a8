package uk.ac.manchester.tornado.api;

/** Tells a kernel which work-item it is. */
public class KernelContext {
    public final Integer globalIdx;
    public final Integer globalIdy;

    public KernelContext() {
        this(0, 0);
    }

    KernelContext(int x, int y) {
        globalIdx = x;
        globalIdy = y;
    }
}

package org.hearthnet.node.demo;

/** What kept the demo from its end, for people. */
public final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DemoException(String message) {
        super(message);
    }
}

package uk.ac.manchester.tornado.api.exceptions;

/** Thrown by the runtime. */
public class TornadoMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TornadoMemoryException(String msg) {
        super(msg);
    }
}

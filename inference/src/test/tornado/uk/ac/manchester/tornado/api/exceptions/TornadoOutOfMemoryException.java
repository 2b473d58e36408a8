package uk.ac.manchester.tornado.api.exceptions;

/** Thrown by the runtime. */
public class TornadoOutOfMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TornadoOutOfMemoryException(String msg) {
        super(msg);
    }
}

package uk.ac.manchester.tornado.api.exceptions;

/** Thrown by the runtime. */
public class TornadoRuntimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TornadoRuntimeException(String msg) {
        super(msg);
    }
}

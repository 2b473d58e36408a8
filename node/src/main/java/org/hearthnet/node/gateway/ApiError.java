package org.hearthnet.node.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer that is an error, in OpenAI's form. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;

    private ApiError(int status, String type, @Nullable String param, @Nullable String code, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
    }

    /** The request makes no sense, or asks for what is not supported; {@code param} is the field, if it is one. */
    static ApiError invalid(@Nullable String param, String message) {
        return new ApiError(400, "invalid_request_error", param, null, message);
    }

    /** Another status of a wrong request. */
    static ApiError refused(int status, String code, String message) {
        return new ApiError(status, "invalid_request_error", null, code, message);
    }

    /** The account cannot pay. */
    static ApiError funds(String message) {
        return new ApiError(429, "insufficient_quota", null, "insufficient_quota", message);
    }

    /** Too much at once. */
    static ApiError busy(String message) {
        return new ApiError(429, "requests", null, "rate_limit_exceeded", message);
    }

    /** The network could not do it. */
    static ApiError unavailable(String code, String message) {
        return new ApiError(503, "server_error", null, code, message);
    }

    int status() {
        return status;
    }

    /** The error object. */
    Map<String, @Nullable Object> body() {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", getMessage());
        error.put("type", type);
        error.put("param", param);
        error.put("code", code);
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("error", error);
        return out;
    }
}

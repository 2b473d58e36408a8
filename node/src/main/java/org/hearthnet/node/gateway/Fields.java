package org.hearthnet.node.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/** Fields of a JSON object with their ranges; an error names the field. */
record Fields(JsonNode object) {
    /** Whether the field is there and not null. */
    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** A string that must be there. */
    String text(String name) {
        JsonNode value = object.path(name);
        if (!value.isTextual()) {
            throw ApiError.invalid(name, name + " must be a string");
        }
        return value.asText();
    }

    /** An integer within {@code least..most}. */
    int integer(String name, int standard, int least, int most) {
        if (!has(name)) {
            return standard;
        }
        JsonNode value = object.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < least || value.asInt() > most) {
            throw ApiError.invalid(name, name + " must be an integer from " + least + " to " + most);
        }
        return value.asInt();
    }

    /** A 64-bit integer that is there. */
    long wide(String name) {
        JsonNode value = object.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw ApiError.invalid(name, name + " must be a 64-bit integer");
        }
        return value.asLong();
    }

    /** A number within {@code least..most}. */
    double real(String name, double standard, double least, double most) {
        if (!has(name)) {
            return standard;
        }
        JsonNode value = object.path(name);
        if (!value.isNumber() || !(value.asDouble() >= least && value.asDouble() <= most)) {
            throw ApiError.invalid(name, name + " must be a number from " + least + " to " + most);
        }
        return value.asDouble();
    }

    /** A truth value. */
    boolean bool(String name, boolean standard) {
        if (!has(name)) {
            return standard;
        }
        JsonNode value = object.path(name);
        if (!value.isBoolean()) {
            throw ApiError.invalid(name, name + " must be true or false");
        }
        return value.asBoolean();
    }
}

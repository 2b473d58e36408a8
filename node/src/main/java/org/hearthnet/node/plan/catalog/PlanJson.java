package org.hearthnet.node.plan.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.node.plan.PlanException;

/** Reads the planner's JSON: strict, with the place of a mistake in the message. */
public final class PlanJson {
    /** Largest file of hardware or measurements. */
    public static final int MAX_BYTES = 1 << 20;

    /** Components that a record allows to be null may be missing. */
    private static final ObjectMapper MAPPER = SpecJson.mapper()
            .copy()
            .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private PlanJson() {}

    /** Parses a person's file. */
    public static <T> T parse(String name, byte[] json, Class<T> type) {
        if (json.length > MAX_BYTES) {
            throw new PlanException(name + " is over the limit of " + MAX_BYTES + " bytes");
        }
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof PlanException cause) {
                throw new PlanException(name + ": " + cause.getMessage());
            }
            throw new PlanException(name + place(e) + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new PlanException(name + place(e) + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
    }

    /** Parses a list that the program brings in this room. */
    static <T> T resource(String name, Class<T> type) {
        return parse(name, bytes(PlanJson.class, name), type);
    }

    /** The bytes of a file beside {@code room}. */
    public static byte[] bytes(Class<?> room, String name) {
        try (InputStream in = room.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program is not whole: " + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the program is not whole: " + name + " cannot be read", e);
        }
    }
}

package org.hearthnet.node.local;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;
import org.hearthnet.genesis.spec.SpecJson;

/** JSON of the ledger's records: as in genesis files, with optional values as themselves or null. */
public final class LocalJson {
    private static final ObjectMapper MAPPER = SpecJson.mapper().copy().registerModule(module());

    private LocalJson() {}

    private static SimpleModule module() {
        SimpleModule module = new SimpleModule("hearth-local");
        module.addSerializer(new StdSerializer<Optional<?>>(Optional.class, false) {
            @Override
            public void serialize(Optional<?> value, JsonGenerator out, SerializerProvider provider)
                    throws IOException {
                out.writePOJO(value.orElse(null));
            }
        });
        return module;
    }

    /** The mapper. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** {@code record} as an object, with the name of its class as {@code type}. */
    static ObjectNode typed(Object record) {
        ObjectNode out = MAPPER.createObjectNode().put("type", record.getClass().getSimpleName());
        out.setAll(MAPPER.<ObjectNode>valueToTree(record));
        return out;
    }

    /** {@code value} as a tree. */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** {@code value} as bytes. */
    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result that is no JSON", e);
        }
    }
}

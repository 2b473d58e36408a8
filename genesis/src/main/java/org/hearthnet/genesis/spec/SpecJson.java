package org.hearthnet.genesis.spec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.VrfPublicKey;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/** JSON for people: hashes, keys and bytes as hexadecimal, amounts as whole numbers of sparks. Strict on input. */
public final class SpecJson {
    /** Largest genesis file in bytes. */
    public static final long MAX_FILE_BYTES = 64L << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(module())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private SpecJson() {}

    /** A mapper that knows the project's primitive types; also for reports. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** Writes {@code spec} for people to read and share. */
    public static void write(Path file, ChainSpec spec) throws IOException {
        Files.writeString(file, MAPPER.writeValueAsString(spec) + "\n");
    }

    /**
     * Reads a genesis file.
     *
     * @throws CodecException if it is no valid chain specification; the message names file, line and field
     */
    public static ChainSpec read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new CodecException(file + ": over the limit of " + MAX_FILE_BYTES + " bytes");
        }
        try {
            ChainSpec spec = MAPPER.readValue(Files.readAllBytes(file), ChainSpec.class);
            ChainSpec.KIND.codec().encode(spec); // holds every length against its limit
            return spec;
        } catch (JsonMappingException e) {
            throw new CodecException(file + where(e) + ", field " + field(e) + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new CodecException(file + where(e) + ": " + e.getOriginalMessage());
        } catch (CodecException e) {
            throw new CodecException(file + ": " + e.getMessage());
        }
    }

    private static String where(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String field(JsonMappingException e) {
        StringBuilder out = new StringBuilder();
        for (var reference : e.getPath()) {
            if (reference.getFieldName() == null) {
                out.append('[').append(reference.getIndex()).append(']');
            } else {
                out.append(out.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return out.isEmpty() ? "(whole document)" : out.toString();
    }

    private static SimpleModule module() {
        SimpleModule module = new SimpleModule("hearth");
        text(module, Hash32.class, Hash32::toHex, Hash32::fromHex);
        text(module, NodeId.class, NodeId::toHex, NodeId::fromHex);
        text(module, Bytes.class, Bytes::toHex, Bytes::fromHex);
        text(module, VrfPublicKey.class, key -> key.bytes().toHex(), hex -> new VrfPublicKey(Bytes.fromHex(hex)));
        module.addSerializer(new StdSerializer<>(Amount.class) {
            @Override
            public void serialize(Amount value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeNumber(value.sparks());
            }
        });
        module.addDeserializer(Amount.class, new StdDeserializer<>(Amount.class) {
            @Override
            public Amount deserialize(JsonParser in, DeserializationContext context) throws IOException {
                try {
                    return Amount.of(in.getLongValue());
                } catch (ArithmeticException e) {
                    throw JsonMappingException.from(in, String.valueOf(e.getMessage()));
                }
            }
        });
        return module;
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> format, Function<String, T> parse) {
        module.addSerializer(new StdSerializer<>(type) {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(format.apply(value));
            }
        });
        module.addDeserializer(type, new StdDeserializer<>(type) {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                try {
                    return parse.apply(in.getText());
                } catch (IllegalArgumentException e) {
                    throw JsonMappingException.from(in, String.valueOf(e.getMessage()));
                }
            }
        });
    }
}

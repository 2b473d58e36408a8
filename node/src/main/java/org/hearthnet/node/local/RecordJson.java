package org.hearthnet.node.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * The one JSON form of whatever has a canonical encoding. Records are objects with their components in order of declaration;
 * one of several kinds (a sealed interface) has its name as {@code type} first. Hashes, keys and bytes are hexadecimal,
 * amounts whole numbers of sparks, constants their names in lower case, absent values null.
 */
final class RecordJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordJson() {}

    /** The form of {@code value}. */
    static JsonNode of(Object value) {
        return switch (value) {
            case Hash32 hash -> NODES.textNode(hash.toHex());
            case NodeId node -> NODES.textNode(node.toHex());
            case Bytes bytes -> NODES.textNode(bytes.toHex());
            case Amount amount -> NODES.numberNode(amount.sparks());
            case Optional<?> maybe -> maybe.isPresent() ? of(maybe.get()) : NODES.nullNode();
            case List<?> list -> list(list);
            case Record record -> object(record);
            case Enum<?> constant -> NODES.textNode(constant.name().toLowerCase(Locale.ROOT));
            case String text -> NODES.textNode(text);
            case Long number -> NODES.numberNode(number);
            case Integer number -> NODES.numberNode(number);
            case Float number -> NODES.numberNode(number);
            case Boolean flag -> NODES.booleanNode(flag);
            default -> throw new IllegalArgumentException("no canonical JSON for " + value.getClass());
        };
    }

    private static ArrayNode list(List<?> values) {
        ArrayNode out = NODES.arrayNode();
        values.forEach(v -> out.add(of(v)));
        return out;
    }

    private static ObjectNode object(Record record) {
        ObjectNode out = NODES.objectNode();
        if (isOneOfSeveral(record.getClass())) {
            out.put("type", record.getClass().getSimpleName());
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                out.set(component.getName(), of(component.getAccessor().invoke(record)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("records of the ledger are public: " + record.getClass(), e);
            }
        }
        return out;
    }

    private static boolean isOneOfSeveral(Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            if (parent.isSealed()) {
                return true;
            }
        }
        return false;
    }
}

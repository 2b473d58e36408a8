package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.hearthnet.genesis.primitive.Amount;

/** Values of a document as people read them. */
final class JsonText {
    private JsonText() {}

    /** The amount under {@code pointer}, in credits. */
    static String credits(JsonNode document, String pointer) {
        return Amount.of(document.at(pointer).asLong()).toString();
    }
}

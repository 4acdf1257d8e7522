package discreet.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads and writes JSON in one form. Keys are sorted, there is no space, duplicate keys are refused, and
 * doubles have their shortest form. Texts that mean the same are the same text, so that they can be hashed
 * and compared.
 */
final class CanonicalJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private CanonicalJson() {}

    static ObjectNode newObject() {
        return JSON.createObjectNode();
    }

    /** @throws IllegalArgumentException if this is not JSON */
    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the canonical text of a tree. */
    static String text(JsonNode node) {
        try {
            // Jackson sorts the keys of maps, but writes trees in their own order.
            return JSON.writeValueAsString(JSON.convertValue(node, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns the canonical form of a JSON object.
     *
     * @throws IllegalArgumentException if this is not a JSON object
     */
    static String object(String text) {
        JsonNode node = read(text);
        if (!node.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        return text(node);
    }
}

package discreet.cli.shared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Makes what {@code --json} prints: one object on one line. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Returns a new, empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Returns a whole number without a decimal point. JSON has no infinite numbers, so these become texts.
     */
    public static JsonNode number(double value) {
        if (!Double.isFinite(value)) {
            return TextNode.valueOf(Figures.number(value));
        }
        return value == Math.rint(value) && Math.abs(value) < 0x1p53
                ? LongNode.valueOf((long) value)
                : DoubleNode.valueOf(value);
    }

    /** Parses the parameters that the ledger keeps as JSON. */
    public static JsonNode parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The ledger keeps parameters as JSON", e);
        }
    }

    /** Returns the JSON text of a tree. */
    public static String text(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values can be written", e);
        }
    }
}

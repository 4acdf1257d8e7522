package discreet.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.RunException;
import java.util.Arrays;

/**
 * What a round of biases was drawn against, and what it keeps beside it when it is sealed: without it its sums mean nothing. Released
 * values only.
 *
 * @param biases one an item of the catalogue, beside the mean
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BiasContext(double mean, double[] biases) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What each item is expected to get. */
    public double[] expected() {
        return Arrays.stream(biases).map(bias -> mean + bias).toArray();
    }

    public String json() {
        ObjectNode context = JSON.createObjectNode().put("mean", mean);
        Arrays.stream(biases).forEach(context.putArray("biases")::add);
        return context.toString();
    }

    /** @throws RunException if it is not what {@link #json} writes for a catalogue of this size */
    public static BiasContext read(String json, int catalogueSize) {
        try {
            JsonNode context = JSON.readTree(json);
            double[] biases = new double[catalogueSize];
            Arrays.setAll(
                    biases, item -> context.required("biases").required(item).doubleValue());
            return new BiasContext(context.required("mean").doubleValue(), biases);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new RunException(
                    "Cannot use a sealed round of biases: what it was drawn against cannot be read. Another version of"
                            + " Discreet sealed it: finish this release with that version.",
                    e);
        }
    }
}

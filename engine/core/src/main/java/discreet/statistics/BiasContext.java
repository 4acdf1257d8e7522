package discreet.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.RunException;
import java.util.Arrays;

/**
 * Describes what a round of biases was measured against. It is sealed together with the sums, which have no
 * meaning without it. It contains released values only.
 *
 * @param mean released mean rating, in [-1, 1]
 * @param biases bias of each item of the catalogue against the mean, as far as released before this round
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BiasContext(double mean, double[] biases) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the expected rating of each item of the catalogue, mean plus bias. */
    public double[] expected() {
        return Arrays.stream(biases).map(bias -> mean + bias).toArray();
    }

    /** Returns this context as JSON, which {@link #read} reads. The ledger seals it beside the sums. */
    public String json() {
        ObjectNode context = JSON.createObjectNode().put("mean", mean);
        Arrays.stream(biases).forEach(context.putArray("biases")::add);
        return context.toString();
    }

    /**
     * Reads a context that {@link #json} wrote.
     *
     * @throws RunException if the text has another format or belongs to a catalogue of another size
     */
    public static BiasContext read(String json, int catalogueSize) {
        try {
            JsonNode context = JSON.readTree(json);
            double[] biases = new double[catalogueSize];
            Arrays.setAll(
                    biases, item -> context.required("biases").required(item).doubleValue());
            return new BiasContext(context.required("mean").doubleValue(), biases);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new RunException(
                    "Cannot use a sealed round of biases: its context cannot be read, because another version of"
                            + " Discreet sealed it. Finish this release with that version.",
                    e);
        }
    }
}

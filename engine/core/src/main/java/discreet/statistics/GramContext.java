package discreet.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.RunException;
import discreet.catalogue.ItemTags;
import java.util.stream.IntStream;

/**
 * Gives the entries of a released Gram matrix their meaning by the head, the scale of rows and the content
 * directions. It is sealed with the matrix. It contains released values and constants only.
 */
public record GramContext(Head head, RowScale scale, ContentBasis content) {
    /**
     * Weight of each user's contribution, which is 1 for every user. It is written and not read, and reserved
     * for retraining.
     */
    private static final int USER_WEIGHT = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Chooses head and scale, without content directions.
     *
     * @param rule constants of the objective
     * @param statistic released item statistic c, one value per item of the catalogue
     * @param users released number of users
     * @param usersSd standard deviation of the noise in it
     * @param sigma noise per Gram entry, in units of one user's squared row norm
     * @param maxHead the operator's limit on the size of the head
     */
    public static GramContext choose(
            Head.Rule rule, double[] statistic, double users, double usersSd, double sigma, int maxHead) {
        Head head = Head.choose(rule, statistic, users, sigma, maxHead);
        return new GramContext(head, RowScale.forUsers(users, usersSd), ContentBasis.none(head));
    }

    /**
     * Returns this context with rows that emphasise the tags of the head's items.
     *
     * @param statistic released item statistic c, one value per item of the catalogue
     * @param statisticSd standard deviation of the noise in it, in the same units
     * @param threads how many threads the native library may use
     */
    public GramContext withContent(double[] statistic, double statisticSd, ItemTags tags, int threads) {
        double[][] indicators = IntStream.range(0, head.size())
                .mapToObj(position -> tags.indicators(head.item(position)))
                .toArray(double[][]::new);
        return new GramContext(head, scale, ContentBasis.of(head, statistic, statisticSd, indicators, threads));
    }

    /** Returns this context as JSON, which {@link #read} reads. The ledger seals it beside the matrix. */
    public String json() {
        ObjectNode context =
                JSON.createObjectNode().put("scaleBits", scale.bits()).put("personWeight", USER_WEIGHT);
        ArrayNode items = context.putArray("head");
        ArrayNode weights = context.putArray("weights");
        ArrayNode direction = context.putArray("direction");
        for (int position = 0; position < head.size(); position++) {
            items.add(head.item(position));
            weights.add(head.weight(position));
            direction.add(head.direction(position));
        }
        if (content.rank() > 0) {
            ArrayNode directions = context.put("contentRank", content.rank()).putArray("content");
            for (int position = 0; position < head.size(); position++) {
                for (int c = 0; c < content.rank(); c++) {
                    directions.add(content.entry(position, c));
                }
            }
        }
        return context.toString();
    }

    /**
     * Reads a context that {@link #json} wrote.
     *
     * @throws RunException if the text has another format
     */
    public static GramContext read(String json, int catalogueSize) {
        try {
            JsonNode context = JSON.readTree(json);
            int size = context.required("head").size();
            int[] items = new int[size];
            double[] weights = new double[size];
            long[] direction = new long[size];
            for (int position = 0; position < size; position++) {
                items[position] = context.get("head").required(position).intValue();
                weights[position] =
                        context.required("weights").required(position).doubleValue();
                direction[position] =
                        context.required("direction").required(position).longValue();
            }
            Head head = Head.of(items, weights, direction, catalogueSize);
            return new GramContext(
                    head, new RowScale(context.required("scaleBits").intValue()), content(context, head));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new RunException(
                    "Cannot use the sealed Gram matrix: its context cannot be read, because another version of Discreet"
                            + " sealed it. Finish this release with that version.",
                    e);
        }
    }

    private static ContentBasis content(JsonNode context, Head head) {
        if (!context.has("contentRank")) {
            return ContentBasis.none(head);
        }
        JsonNode directions = context.required("content");
        long[] entries = IntStream.range(0, directions.size())
                .mapToLong(at -> directions.get(at).longValue())
                .toArray();
        return ContentBasis.of(head, context.get("contentRank").intValue(), entries);
    }
}

package discreet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import discreet.model.Provenance;
import discreet.model.RatingModel;
import discreet.model.TrainingParameters;
import discreet.statistics.BiasPrior;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Reads rating-scores.json, which holds a model of 38 items that the reference of the method trained on 400
 * synthetic users, and its features and predictions for some of them. The values were computed once outside
 * the project, with tags and without.
 */
public final class RatingReference {
    public static final RatingRange RANGE = new RatingRange(1, 5);
    private final JsonNode json;

    public RatingReference() {
        try (InputStream in = RatingReference.class.getResourceAsStream("/discreet/rating-scores.json")) {
            json = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds one user of the reference, with ratings and a prediction for every item, in stars. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record User(int[] items, double[] ratings, double[] predictions) {
        public RatedHistory history() {
            return new RatedHistory(
                    items, Arrays.stream(ratings).map(RANGE::unit).toArray());
        }
    }

    /** Returns the reference's model. Without {@code tags} its catalogue has no titles and genres. */
    public RatingModel model(boolean tags) {
        List<String> ids = texts(json.required("ids"));
        List<String> titles = texts(json.required("titles"));
        Catalogue catalogue = Catalogue.of(IntStream.range(0, ids.size())
                .mapToObj(item -> tags
                        ? new Item(
                                ids.get(item),
                                titles.get(item),
                                texts(json.required("genres").get(item)),
                                Map.of())
                        : Item.of(ids.get(item)))
                .toList());
        int[] head = ints(json.required("head"));
        Spectrum spectrum = new Spectrum(
                Arrays.stream(matrix(json.required("vectors")))
                        .flatMapToDouble(Arrays::stream)
                        .toArray(),
                numbers(json.required("eigenvalues")),
                .7);
        return new RatingModel(
                catalogue,
                json.required("mean").doubleValue(),
                numbers(json.required("counts")),
                numbers(json.required("biases")),
                numbers(json.required("variances")),
                new BiasPrior(-.125, .0625, Map.of("genre Drama", .25, "decade 1990s", -.0625)),
                Head.of(head, numbers(json.required("weights")), new long[head.length], ids.size()),
                spectrum,
                new TrainingParameters(Double.NEGATIVE_INFINITY, 500, 4096, RANGE),
                new Provenance(
                        "viewers",
                        "release-1",
                        "0123456789abcdef",
                        Instant.parse("2026-11-24T10:11:12.123456789Z"),
                        4.9999999999999,
                        1e-5,
                        .55091,
                        400.5,
                        9.5,
                        .7));
    }

    /** Returns the reference's features, one row per item. Its tags are in another order than ours. */
    public double[][] features() {
        return matrix(json.required("cases").get(0).required("features"));
    }

    public List<User> users(boolean tags) {
        return StreamSupport.stream(
                        json.required("cases")
                                .get(tags ? 0 : 1)
                                .required("people")
                                .spliterator(),
                        false)
                .map(user -> new User(
                        ints(user.required("items")),
                        numbers(user.required("ratings")),
                        numbers(user.required("predictions"))))
                .toList();
    }

    private static double[][] matrix(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(RatingReference::numbers)
                .toArray(double[][]::new);
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }
}

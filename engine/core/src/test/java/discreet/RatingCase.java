package discreet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Reads rating.json, which holds 80 users who rate 24 items from 1 to 5 in halves, and every intermediate
 * value of the rating method without noise. The values were computed once outside the project, with tags and
 * without.
 */
public final class RatingCase {
    public static final RatingRange RANGE = new RatingRange(1, 5);

    private final JsonNode json;
    private final JsonNode values;
    private final boolean tagged;

    public RatingCase(boolean tagged) {
        try (InputStream in = RatingCase.class.getResourceAsStream("/discreet/rating.json")) {
            json = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.tagged = tagged;
        this.values = json.required(tagged ? "tagged" : "plain");
    }

    public double number(String name) {
        return values.required(name).doubleValue();
    }

    public double[] vector(String name) {
        return doubles(values.required(name));
    }

    /** Returns the strict upper triangle, packed. */
    public double[] gram() {
        return StreamSupport.stream(values.required("gram").spliterator(), false)
                .flatMapToDouble(row -> Arrays.stream(doubles(row)))
                .toArray();
    }

    /** Returns a catalogue with ids in order of index, and with genres and titles if the case has tags. */
    public Catalogue catalogue() {
        JsonNode tags = json.required("items");
        return Catalogue.of(IntStream.range(0, tags.size())
                .mapToObj(item -> item(item, tags.get(item)))
                .toList());
    }

    private Item item(int index, JsonNode tags) {
        if (!tagged) {
            return Item.of(id(index));
        }
        List<String> genres = new ArrayList<>();
        String title = "Item " + index;
        for (JsonNode tag : tags) {
            if (tag.asText().startsWith("genre ")) {
                genres.add(tag.asText().substring("genre ".length()));
            } else {
                title = title + " (1994)";
            }
        }
        return new Item(id(index), title, genres, Map.of());
    }

    public static String id(int item) {
        return "item-%05d".formatted(item);
    }

    public List<RatedHistory> users() {
        return StreamSupport.stream(json.required("people").spliterator(), false)
                .map(user -> {
                    int[] items = new int[user.size()];
                    double[] unit = new double[user.size()];
                    for (int at = 0; at < items.length; at++) {
                        items[at] = user.get(at).get(0).intValue();
                        unit[at] = RANGE.unit(user.get(at).get(1).doubleValue());
                    }
                    return new RatedHistory(items, unit);
                })
                .toList();
    }

    /** Returns the same ratings as rows of user, item, rating and timestamp, as text. */
    public List<String[]> rows() {
        List<String[]> rows = new ArrayList<>();
        List<RatedHistory> users = users();
        for (int user = 0; user < users.size(); user++) {
            RatedHistory history = users.get(user);
            for (int at = 0; at < history.size(); at++) {
                rows.add(new String[] {
                    "user-" + user,
                    id(history.items()[at]),
                    Double.toString(RANGE.rating(history.values()[at])),
                    "1000000000"
                });
            }
        }
        return rows;
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }
}

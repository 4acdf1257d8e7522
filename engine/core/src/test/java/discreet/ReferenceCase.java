package discreet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.StreamSupport;

/**
 * Reads ranking.json, which holds 50 users, 30 items and every intermediate value of the method, computed
 * once outside the project.
 */
public final class ReferenceCase {
    private final JsonNode json;

    public ReferenceCase() {
        try (InputStream in = ReferenceCase.class.getResourceAsStream("/discreet/ranking.json")) {
            json = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public double number(String name) {
        return json.required(name).doubleValue();
    }

    public double[] vector(String name) {
        return doubles(json.required(name));
    }

    public int[][] users() {
        return StreamSupport.stream(json.required("people").spliterator(), false)
                .map(user -> StreamSupport.stream(user.spliterator(), false)
                        .mapToInt(JsonNode::intValue)
                        .toArray())
                .toArray(int[][]::new);
    }

    public double[][] matrix(String name) {
        return StreamSupport.stream(json.required(name).spliterator(), false)
                .map(ReferenceCase::doubles)
                .toArray(double[][]::new);
    }

    /** Returns entry {@code a[user][position]}, or 0 if it is not listed. */
    public long a(int user, int position) {
        return json.required("a").get(user).path(Integer.toString(position)).asLong(0);
    }

    public long longAt(String matrix, int row, int column) {
        return json.required(matrix).get(row).get(column).longValue();
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }
}

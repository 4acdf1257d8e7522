package discreet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.StreamSupport;

/**
 * Reads ranking.json, a case of 50 users and 30 items with every intermediate value of the method, computed
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

    public int[][] people() {
        return StreamSupport.stream(json.required("people").spliterator(), false)
                .map(person -> StreamSupport.stream(person.spliterator(), false)
                        .mapToInt(JsonNode::intValue)
                        .toArray())
                .toArray(int[][]::new);
    }

    public double[][] matrix(String name) {
        return StreamSupport.stream(json.required(name).spliterator(), false)
                .map(ReferenceCase::doubles)
                .toArray(double[][]::new);
    }

    /** Returns entry {@code a[person][position]}, or 0 if the file does not list it. */
    public long a(int person, int position) {
        return json.required("a").get(person).path(Integer.toString(position)).asLong(0);
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

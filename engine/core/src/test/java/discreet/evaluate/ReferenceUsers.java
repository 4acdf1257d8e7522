package discreet.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Reads a small random case with the figures that the numpy reference of the method computes for it. */
public final class ReferenceUsers {
    private ReferenceUsers() {}

    /** Holds scores over all items, the history to leave out, the labels, and the reference's figures. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record User(double[] scores, int[] history, int[] labels, double recallAt20, double ndcgAt100) {}

    /** Returns all eight users. */
    public static List<User> read() {
        List<String> lines;
        try (InputStream in =
                Objects.requireNonNull(ReferenceUsers.class.getResourceAsStream("ranking-metrics.txt"), "resource")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<User> users = new ArrayList<>();
        for (int q = 0; q < lines.size(); q += 4) {
            double[] figures = doubles(lines.get(q + 3));
            users.add(new User(
                    doubles(lines.get(q)), ints(lines.get(q + 1)), ints(lines.get(q + 2)), figures[0], figures[1]));
        }
        return users;
    }

    private static double[] doubles(String line) {
        return Arrays.stream(line.trim().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static int[] ints(String line) {
        return Arrays.stream(line.trim().split(" ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}

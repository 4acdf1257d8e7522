package discreet.history;

import discreet.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Implements the row rules literally, on one thread and in memory. Other readers must return the same. */
public final class NaiveHistories {
    /**
     * The meaning of a row, where null stands for a missing value. A row of data without ratings has rating
     * 0.
     */
    public record Meaning(
            @Nullable String user,
            @Nullable String item,
            @Nullable Double rating,
            long time) {}

    private NaiveHistories() {}

    public static Map<String, List<Integer>> byUser(List<Meaning> rows, Catalogue catalogue, RowRules rules) {
        Map<String, Map<Integer, Meaning>> people = new TreeMap<>();
        for (Meaning row : rows) {
            if (row.user() == null || row.user().indexOf('\uFFFD') >= 0) {
                continue;
            }
            Map<Integer, Meaning> person = people.computeIfAbsent(row.user(), user -> new HashMap<>());
            int item = row.item() == null ? -1 : catalogue.indexOf(row.item());
            if (item < 0 || row.rating() == null) {
                continue;
            }
            Meaning other = person.get(item);
            if (other == null
                    || row.time() > other.time()
                    || (row.time() == other.time() && rating(row) > rating(other))) {
                person.put(item, row);
            }
        }
        Map<String, List<Integer>> histories = new TreeMap<>();
        people.forEach((user, person) -> {
            List<Map.Entry<Integer, Meaning>> left = new ArrayList<>(person.entrySet());
            left.removeIf(entry -> rating(entry.getValue()) < rules.minRating());
            left.sort(Comparator.<Map.Entry<Integer, Meaning>>comparingLong(
                            entry -> entry.getValue().time())
                    .reversed()
                    .thenComparing(entry -> catalogue.publicOrder(entry.getKey())));
            histories.put(
                    user,
                    left.stream()
                            .limit(rules.maxItemsPerUser())
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList());
        });
        return histories;
    }

    /** Returns the items of the catalogue that any row of each user names, ascending. */
    public static Map<String, List<Integer>> seenByUser(List<Meaning> rows, Catalogue catalogue) {
        Map<String, SortedSet<Integer>> seen = new TreeMap<>();
        for (Meaning row : rows) {
            if (row.user() != null && row.user().indexOf('\uFFFD') < 0) {
                Set<Integer> own = seen.computeIfAbsent(row.user(), user -> new TreeSet<>());
                int item = row.item() == null ? -1 : catalogue.indexOf(row.item());
                if (item >= 0) {
                    own.add(item);
                }
            }
        }
        Map<String, List<Integer>> lists = new TreeMap<>();
        seen.forEach((user, items) -> lists.put(user, List.copyOf(items)));
        return lists;
    }

    /**
     * Returns what training sees, the histories that are not empty, without user ids and in a fixed order.
     */
    public static List<List<Integer>> rows(List<Meaning> rows, Catalogue catalogue, RowRules rules) {
        return ordered(byUser(rows, catalogue, rules).values().stream()
                .filter(history -> !history.isEmpty())
                .toList());
    }

    public static List<List<Integer>> ordered(List<List<Integer>> histories) {
        return histories.stream().sorted(Comparator.comparing(List::toString)).toList();
    }

    public static List<List<Integer>> ofArrays(List<int[]> histories) {
        return ordered(histories.stream()
                .map(history -> Arrays.stream(history).boxed().toList())
                .toList());
    }

    private static double rating(Meaning row) {
        return row.rating() == null ? Double.NaN : row.rating();
    }
}

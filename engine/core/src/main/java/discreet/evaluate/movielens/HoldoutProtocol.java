package discreet.evaluate.movielens;

import discreet.InputException;
import discreet.evaluate.TestUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Divides MovieLens 1M by the protocol behind every ranking figure on it that this project prints. The
 * protocol uses ratings above 3.5 and users with at least five of them. Every item with such a rating is in
 * the catalogue. A seed selects 600 users to test on and 600 to tune on. A fifth of the items of each of
 * these users (at least one) are labels, and the others are folded in. All other users are in training with
 * at most 500 items, drawn by the seed.
 *
 * <p>A figure is only comparable to a published one on the very same file, so every other file is refused.
 */
public final class HoldoutProtocol {
    /** SHA-256 of {@code ratings.dat} of MovieLens 1M, released 2/2003. */
    static final String SHA_256 = MovieLensFile.SHA_256;

    /** Number of users to test on, and to tune on. */
    static final int TEST_USERS = 600;

    private static final int MIN_RATING = 4; // whole stars, so above 3.5
    private static final int MIN_ITEMS = 5;
    private static final int LABELS_ONE_IN = 5;
    private static final int MAX_ITEMS = 500;

    private final List<String> items;
    private final List<String> users;
    private final List<int[]> histories;

    private HoldoutProtocol(List<String> items, List<String> users, List<int[]> histories) {
        this.items = items;
        this.users = users;
        this.histories = histories;
    }

    /**
     * Reads MovieLens 1M.
     *
     * @param file {@code ratings.dat}, or a zip or jar that has it in any folder, such as GroupLens's
     *     {@code ml-1m.zip} or {@code cf4j-1.1.0.jar} (com.github.ferortega) of Maven Central
     * @throws InputException if the file cannot be read or is another one
     */
    public static HoldoutProtocol read(Path file) {
        return parse(MovieLensFile.read(file));
    }

    /** Returns the number of users that the protocol retains, test and validation users included. */
    int userCount() {
        return users.size();
    }

    /** Returns the ids of the catalogue, sorted as text. */
    List<String> items() {
        return items;
    }

    /**
     * Returns the hold-out of a seed. The same seed gives the same users, histories and labels on every
     * machine.
     */
    public Holdout holdout(long seed) {
        Random random = new Random(seed); // its algorithm is specified, unlike those of newer generators
        int[] order = new int[users.size()];
        Arrays.setAll(order, u -> u);
        Shuffle.of(order, random);

        List<String> testUsers = new ArrayList<>();
        List<TestUser> test = new ArrayList<>();
        List<TestUser> validation = new ArrayList<>();
        for (int q = 0; q < TEST_USERS; q++) {
            testUsers.add(users.get(order[q]));
            test.add(split(histories.get(order[q]), random));
        }
        for (int q = TEST_USERS; q < 2 * TEST_USERS; q++) {
            validation.add(split(histories.get(order[q]), random));
        }
        List<String> trainingUsers = new ArrayList<>();
        List<int[]> training = new ArrayList<>();
        for (int q = 2 * TEST_USERS; q < order.length; q++) {
            trainingUsers.add(users.get(order[q]));
            training.add(cap(histories.get(order[q]), random));
        }
        return new Holdout(items, trainingUsers, training, testUsers, test, validation);
    }

    private static TestUser split(int[] history, Random random) {
        int[] shuffled = history.clone();
        Shuffle.of(shuffled, random);
        int labels = Math.max(1, shuffled.length / LABELS_ONE_IN);
        return new TestUser(sorted(shuffled, labels, shuffled.length), sorted(shuffled, 0, labels));
    }

    private static int[] cap(int[] history, Random random) {
        if (history.length <= MAX_ITEMS) {
            return history.clone();
        }
        int[] shuffled = history.clone();
        Shuffle.of(shuffled, random);
        return sorted(shuffled, 0, MAX_ITEMS);
    }

    private static int[] sorted(int[] values, int from, int to) {
        int[] some = Arrays.copyOfRange(values, from, to);
        Arrays.sort(some);
        return some;
    }

    private static HoldoutProtocol parse(MovieLensFile file) {
        Map<Integer, List<Integer>> liked = new TreeMap<>();
        file.forEachRow((user, item, rating) -> {
            if (rating >= MIN_RATING) {
                liked.computeIfAbsent(user, u -> new ArrayList<>()).add(item);
            }
        });
        liked.values().removeIf(userItems -> userItems.size() < MIN_ITEMS);

        List<String> items = liked.values().stream()
                .flatMap(List::stream)
                .distinct()
                .map(String::valueOf)
                .sorted()
                .toList();
        List<String> users = new ArrayList<>(liked.size());
        List<int[]> histories = new ArrayList<>(liked.size());
        liked.forEach((user, userItems) -> {
            users.add(user.toString());
            histories.add(userItems.stream()
                    .mapToInt(item -> Collections.binarySearch(items, item.toString()))
                    .sorted()
                    .toArray());
        });
        return new HoldoutProtocol(items, users, histories);
    }
}

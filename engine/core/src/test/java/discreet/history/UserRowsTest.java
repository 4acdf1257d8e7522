package discreet.history;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.history.NaiveHistories.Meaning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserRowsTest {
    private static final Catalogue CATALOGUE = Catalogue.of(
            IntStream.range(0, 3_000).mapToObj(i -> Item.of("i" + i)).toList());

    record Rating(int item, long time, double rating) {}

    /** Few times and ratings, so that ties are common. */
    static List<Rating> random(Random random, int rows, int items) {
        List<Rating> ratings = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            ratings.add(new Rating(random.nextInt(items), random.nextInt(4), random.nextInt(5)));
        }
        return ratings;
    }

    private static List<Integer> naive(List<Rating> ratings, RowRules rules) {
        List<Meaning> rows = ratings.stream()
                .map(row -> new Meaning("u", CATALOGUE.id(row.item()), row.rating(), row.time()))
                .toList();
        return NaiveHistories.byUser(rows, CATALOGUE, rules).getOrDefault("u", List.of());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rules_rowsInAnyOrder_equalTheNaiveTwin(long seed) {
        Random random = new Random(seed);
        int items = 1 + random.nextInt(seed % 2 == 0 ? 10 : CATALOGUE.size());
        List<Rating> ratings = random(random, 1 + random.nextInt(20_000), items);
        RowRules rules = new RowRules(random.nextInt(5), 1 + random.nextInt(1_000));
        List<Integer> expected = naive(ratings, rules);
        UserRows user = new UserRows();
        for (int order = 0; order < 3; order++) {
            Collections.shuffle(ratings, random);
            user.clear();
            ratings.forEach(row -> user.add(row.item(), row.time(), row.rating()));
            user.keep(rules.minRating(), rules.maxItemsPerUser(), CATALOGUE);

            assertThat(user.items()).containsExactly(expected.toArray(new Integer[0]));
        }
    }

    @Test
    void rated_afterAllRules_isTheRatingOfTheRowThatCounts() {
        List<Rating> ratings = random(new Random(9), 5_000, 1_000);
        double[] latest = new double[CATALOGUE.size()];
        long[] times = new long[CATALOGUE.size()];
        Arrays.fill(times, -1);
        UserRows user = new UserRows();
        for (Rating row : ratings) {
            user.add(row.item(), row.time(), row.rating());
            int item = row.item();
            if (row.time() > times[item] || (row.time() == times[item] && row.rating() > latest[item])) {
                times[item] = row.time();
                latest[item] = row.rating();
            }
        }
        user.keep(2, 100, CATALOGUE);
        RatedHistory rated = user.rated(new RatingRange(0, 4));

        assertThat(rated.items()).hasSize(100).isEqualTo(user.items());
        assertThat(rated.values())
                .containsExactly(Arrays.stream(rated.items())
                        .mapToDouble(item -> latest[item] / 2 - 1)
                        .toArray());
    }

    @Test
    void userHistory_lowRatedAndUnratedItems_areSeenAndDoNotCount() {
        for (HistoryForm<?> form : List.of(HistoryForm.ofItems(), HistoryForm.ofRatings(new RatingRange(0, 5)))) {
            UserRows user = new UserRows();
            user.add(9, 5, 4);
            user.add(3, 5, 2);
            user.add(7, 1, 5);
            user.add(7, 2, 1); // a later low rating revokes the like
            user.addSeen(1);
            user.addSeen(9); // a rating says more
            UserHistory<?> history = history(user, form, 3);

            assertThat(history.seen()).containsExactly(1, 3, 7, 9);
            assertThat(user.items()).containsExactly(9);
            assertThat(history.hasSeen(3)).isTrue();
            assertThat(history.hasSeen(2)).isFalse();
        }
    }

    private static <H> UserHistory<H> history(UserRows user, HistoryForm<H> form, double minRating) {
        UserHistory<H> history = UserHistory.of(user, form, minRating);
        assertThat(form.items(history.counted())).isEqualTo(user.items());
        return history;
    }

    @Test
    void userHistory_noThreshold_itemsWithoutARatingDoNotCount() {
        UserRows user = new UserRows();
        user.addSeen(4);
        user.add(6, RatingParser.OLDEST, -1e300);
        UserHistory<int[]> history = history(user, HistoryForm.ofItems(), Double.NEGATIVE_INFINITY);

        assertThat(history.counted()).containsExactly(6);
        assertThat(history.seen()).containsExactly(4, 6);
    }

    @Test
    void userHistory_everyRowCounts_sharesOneArray() {
        UserRows user = new UserRows();
        user.add(6, 1, 4);
        user.add(2, 1, 4);
        UserHistory<int[]> history = history(user, HistoryForm.ofItems(), 3);

        assertThat(history.seen()).isSameAs(history.counted()).containsExactly(2, 6);
    }

    @Test
    void packedRows_extremeNumbers_areRestored() {
        long[] times = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 1_700_000_000_000L, Long.MIN_VALUE, 1, Long.MAX_VALUE};
        double[] ratings = {0, -0.0, Double.MAX_VALUE, Double.MIN_VALUE, -Math.PI, 4, 3.5, -1};
        int[] items = {0, 1, 2, 127, 128, 1 << 20, Integer.MAX_VALUE - 1, Integer.MAX_VALUE};
        PackedRows packed = new PackedRows();
        packed.add(7, 7, 7);
        packed.clear();
        for (int row = 0; row < items.length; row++) {
            packed.add(items[row], times[row], ratings[row]);
        }
        PackedRows.Reader reader = new PackedRows.Reader(packed.toBytes());
        for (int row = 0; row < items.length; row++) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.item()).isEqualTo(items[row]);
            assertThat(reader.time()).isEqualTo(times[row]);
            assertThat(Double.doubleToRawLongBits(reader.rating())).isEqualTo(Double.doubleToRawLongBits(ratings[row]));
        }
        assertThat(reader.next()).isFalse();
    }
}

package discreet.model;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.SyntheticModel;
import discreet.catalogue.ListRules;
import discreet.history.UserHistory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares a batch with one user at a time. Both are equal to the last bit, so the tests compare exactly. */
class HeadScoresTest {
    /** Makes histories that are empty, outside the head, the whole head, the whole catalogue, and random. */
    private static List<int[]> histories(RankingModel model, int count, long seed) {
        int items = model.catalogue().size();
        List<int[]> histories = new ArrayList<>(SyntheticModel.histories(items, count, seed));
        histories.add(new int[0]);
        histories.add(IntStream.range(0, items)
                .filter(item -> model.head().position(item) < 0)
                .toArray());
        histories.add(IntStream.range(0, items)
                .filter(item -> model.head().position(item) >= 0)
                .toArray());
        histories.add(IntStream.range(0, items).toArray());
        return histories;
    }

    /** Returns users of these histories. Every second of them has seen more than what counts. */
    private static List<UserHistory<int[]>> users(List<int[]> histories, int items) {
        return IntStream.range(0, histories.size())
                .mapToObj(user -> {
                    int[] counted = histories.get(user);
                    IntStream more = user % 2 == 0 ? IntStream.empty() : IntStream.of(user % items, items - 1);
                    return new UserHistory<>(
                            counted,
                            IntStream.concat(IntStream.of(counted), more)
                                    .sorted()
                                    .distinct()
                                    .toArray());
                })
                .toList();
    }

    private static List<List<Recommendation>> oneByOne(
            RankingScorer scorer, List<UserHistory<int[]>> users, ListRules rules) {
        return users.stream().map(user -> scorer.recommend(user, rules)).toList();
    }

    /**
     * Covers heads below, at and above a block of positions, ranks with and without a remainder, and users
     * of several blocks.
     */
    @ParameterizedTest
    @CsvSource({
        "30, 20, 0, 3",
        "30, 30, 1, 31",
        "60, 1, 3, 32",
        "700, 512, 4, 33",
        "700, 511, 6, 70",
        "1400, 1100, 9, 65"
    })
    void recommendAll_anyShape_equalsOneByOne(int items, int head, int rank, int people) {
        RankingModel model = SyntheticModel.of(items, head, rank, 0, items + rank);
        RankingScorer scorer = model.scorer();
        List<UserHistory<int[]>> users = users(histories(model, people, 4), items);
        BitSet some = new BitSet();
        new Random(5).ints(items / 2, 0, items).forEach(some::set);
        for (int k : List.of(0, 1, 20, items, 2 * items)) {
            for (ListRules rules : List.of(
                    ListRules.ofLength(k),
                    new ListRules(k, some, 0),
                    new ListRules(k, null, 4),
                    new ListRules(k, some, 20),
                    ListRules.ofLength(k).withSeen(true),
                    new ListRules(k, new BitSet(), 3))) {
                assertThat(scorer.recommendAll(users, rules)).isEqualTo(oneByOne(scorer, users, rules));
            }
        }
    }

    @Test
    void recommendAll_noUsers_isEmpty() {
        assertThat(SyntheticModel.of(30, 20, 3, 0, 1).scorer().recommendAll(List.of(), ListRules.ofLength(5)))
                .isEmpty();
    }

    /** Lists are not rounded, so the scores must be the same doubles. */
    @ParameterizedTest
    @CsvSource({"40, 0", "40, 5", "512, 8", "1030, 11"})
    void of_batch_isBitForBitTheDefinition(int size, int rank) {
        RankingModel model = SyntheticModel.of(size + 10, size, rank, 0, size);
        FoldIn foldIn = new FoldIn(model.head(), model.spectrum());
        double[] popularity = new Random(3).doubles(size).toArray();
        HeadScores scores = new HeadScores(foldIn, popularity);
        List<UserFactors> tastes =
                histories(model, 40, 7).stream().map(foldIn::userFactors).toList();
        double[][] batch = scores.of(tastes);
        assertThat(batch).hasNumberOfRows(tastes.size());
        for (int person = 0; person < batch.length; person++) {
            assertThat(batch[person]).isEqualTo(scores.of(tastes.get(person)));
        }
    }
}

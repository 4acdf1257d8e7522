package discreet.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingMetricsTest {
    private static final double SECOND = Math.log(2) / Math.log(3); // the discount of rank 2

    @Test
    void of_oneHitAtRankTwo_matchesHandComputation() {
        Metrics metrics = RankingMetrics.of(new int[] {3, 1, 4, 0}, new int[] {0, 1}, 3);

        assertThat(metrics.recall()).isEqualTo(.5);
        assertThat(metrics.ndcg()).isCloseTo(SECOND / (1 + SECOND), within(1e-15));
    }

    @Test
    void of_moreLabelsThanK_dividesByK() {
        Metrics metrics = RankingMetrics.of(new int[] {9, 2, 1}, new int[] {1, 2, 3, 4, 5}, 2);

        assertThat(metrics.recall()).isEqualTo(.5);
        assertThat(metrics.ndcg()).isCloseTo(SECOND / (1 + SECOND), within(1e-15));
    }

    @Test
    void of_perfectList_isOneAtEveryCutoff() {
        int[] labels = {7, 3, 5};

        List<Metrics> metrics = RankingMetrics.of(new int[] {5, 7, 3, 1}, labels, new int[] {1, 2, 3, 4, 100});

        assertThat(metrics).containsOnly(new Metrics(1, 1));
    }

    @Test
    void of_listWithoutLabels_isZero() {
        assertThat(RankingMetrics.of(new int[] {1, 2}, new int[] {3}, 20)).isEqualTo(new Metrics(0, 0));
        assertThat(RankingMetrics.of(new int[0], new int[] {3}, 20)).isEqualTo(new Metrics(0, 0));
    }

    @Test
    void of_repeatedItemsAndLabels_countOnce() {
        Metrics metrics = RankingMetrics.of(new int[] {4, 4, 4, 4}, new int[] {4, 4, 9, 9}, 4);

        assertThat(metrics.recall()).isEqualTo(.5);
        assertThat(metrics.ndcg()).isCloseTo(1 / (1 + SECOND), within(1e-15));
    }

    @Test
    void of_noLabelsOrNoCutoff_isRefused() {
        assertThatThrownBy(() -> RankingMetrics.of(new int[] {1}, new int[0], 20))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RankingMetrics.of(new int[] {1}, new int[] {1}, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("k must be at least 1. Provided value: 0");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void of_randomLists_equalsNaiveTwin(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            int[] ranked =
                    random.ints(0, 60).distinct().limit(random.nextInt(40)).toArray();
            int[] labels =
                    random.ints(0, 60).distinct().limit(1 + random.nextInt(30)).toArray();
            int[] cutoffs = random.ints(1, 50).limit(4).toArray();

            List<Metrics> metrics = RankingMetrics.of(ranked, labels, cutoffs);

            for (int q = 0; q < cutoffs.length; q++) {
                assertThat(metrics.get(q).recall()).isEqualTo(naiveRecall(ranked, labels, cutoffs[q]));
                assertThat(metrics.get(q).ndcg()).isCloseTo(naiveNdcg(ranked, labels, cutoffs[q]), within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void of_adversarialInput_staysWithinZeroAndOne(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int[] ranked = random.ints(random.nextInt(30), -2, 4).toArray();
            int[] labels = random.ints(1 + random.nextInt(30), -2, 4).toArray();

            for (Metrics metrics : RankingMetrics.of(ranked, labels, new int[] {1, 2, 20})) {
                assertThat(metrics.recall()).isBetween(0., 1.);
                assertThat(metrics.ndcg()).isBetween(0., 1.);
            }
        }
    }

    @Test
    void of_referenceUsers_matchesTheReferenceFigures() {
        for (ReferenceUsers.User user : ReferenceUsers.read()) {
            int[] ranked = IntStream.range(0, user.scores().length)
                    .filter(item -> Arrays.binarySearch(user.history(), item) < 0)
                    .boxed()
                    .sorted((a, b) -> Double.compare(user.scores()[b], user.scores()[a]))
                    .mapToInt(Integer::intValue)
                    .toArray();

            List<Metrics> metrics = RankingMetrics.of(ranked, user.labels(), new int[] {20, 100});

            assertThat(metrics.get(0).recall()).isCloseTo(user.recallAt20(), within(1e-12));
            assertThat(metrics.get(1).ndcg()).isCloseTo(user.ndcgAt100(), within(1e-12));
        }
    }

    private static double naiveRecall(int[] ranked, int[] labels, int k) {
        long hits = Arrays.stream(ranked)
                .limit(k)
                .filter(item -> contains(labels, item))
                .count();
        return (double) hits / Math.min(k, labels.length);
    }

    private static double naiveNdcg(int[] ranked, int[] labels, int k) {
        double gain = 0;
        double ideal = 0;
        for (int rank = 1; rank <= k; rank++) {
            double discount = 1 / (Math.log(rank + 1) / Math.log(2));
            gain += rank <= ranked.length && contains(labels, ranked[rank - 1]) ? discount : 0;
            ideal += rank <= labels.length ? discount : 0;
        }
        return gain / ideal;
    }

    private static boolean contains(int[] values, int wanted) {
        return Arrays.stream(values).anyMatch(value -> value == wanted);
    }
}

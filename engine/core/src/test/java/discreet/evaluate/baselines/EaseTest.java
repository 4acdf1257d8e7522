package discreet.evaluate.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import discreet.history.UserHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EaseTest {
    @Test
    void gram_ofRandomUsers_equalsNaiveCounts() {
        List<int[]> users = users(300, 25, 1);

        int[][] gram = Ease.gram(users, 25);

        long[][] naive = naiveGram(users, 25);
        for (int i = 0; i < 25; i++) {
            for (int j = i; j < 25; j++) {
                assertThat((long) gram[i][j - i]).isEqualTo(naive[i][j]);
            }
        }
    }

    @Test
    void fit_twoItems_matchesHandComputation() {
        // G = [[3, 2], [2, 2]], lambda 1: regressing one item on the other is 2 / (3 + 1) and 2 / (2 + 1).
        Ease ease = Ease.fit(List.of(new int[] {0, 1}, new int[] {0, 1}, new int[] {0}), 2, 1);

        assertThat(ease.scores(new int[] {0})).containsExactly(new double[] {0, .5}, within(1e-15));
        assertThat(ease.scores(new int[] {1})).containsExactly(new double[] {2 / 3., 0}, within(1e-15));
    }

    /**
     * At the optimum the gradient (G + lambda I) B - G vanishes wherever B is free, that is, off the
     * diagonal.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 59, 60, 61, 150})
    void fit_ofRandomUsers_isTheLeastSquaresOptimum(int items) {
        List<int[]> users = users(400, items, items);
        double lambda = 20;

        Ease ease = Ease.fit(users, items, lambda);

        long[][] gram = naiveGram(users, items);
        double[][] weights = IntStream.range(0, items)
                .mapToObj(i -> ease.scores(new int[] {i}))
                .toArray(double[][]::new);
        for (int i = 0; i < items; i++) {
            assertThat(weights[i][i]).isZero();
            for (int j = 0; j < items; j++) {
                double gradient = lambda * weights[i][j] - gram[i][j];
                for (int q = 0; q < items; q++) {
                    gradient += gram[i][q] * weights[q][j];
                }
                if (i != j) {
                    assertThat(gradient).isCloseTo(0, within(1e-9));
                }
            }
        }
    }

    @Test
    void fit_again_givesTheSameBits() {
        List<int[]> users = users(500, 200, 5);

        Ease first = Ease.fit(users, 200);
        Ease second = Ease.fit(users, 200);

        for (int i = 0; i < 200; i++) {
            assertThat(second.scores(new int[] {i})).isEqualTo(first.scores(new int[] {i}));
        }
    }

    @Test
    void scores_ofSeveralItems_addUp() {
        Ease ease = Ease.fit(users(200, 10, 6), 10, 5);

        double[] both = ease.scores(new int[] {2, 7});

        for (int j = 0; j < 10; j++) {
            assertThat(both[j]).isCloseTo(ease.scores(new int[] {2})[j] + ease.scores(new int[] {7})[j], within(1e-15));
        }
        assertThat(ease.scores(new int[0])).containsOnly(0);
    }

    @Test
    void fit_withoutUsersOrItems_ranksByIndex() {
        assertThat(Ease.fit(List.of(), 3).rank(UserHistory.ofItems(1), 5)).containsExactly(0, 2);
        assertThat(Ease.fit(List.of(), 0).rank(UserHistory.ofItems(), 5)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void fit_badLambda_isRefused(double lambda) {
        assertThatThrownBy(() -> Ease.fit(List.of(), 3, lambda))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lambda must be > 0 and finite. Provided value: " + lambda);
    }

    private static List<int[]> users(int users, int items, long seed) {
        Random random = new Random(seed);
        List<int[]> histories = new ArrayList<>();
        for (int u = 0; u < users; u++) {
            histories.add(random.ints(random.nextInt(12), 0, items).distinct().toArray());
        }
        return histories;
    }

    private static long[][] naiveGram(List<int[]> users, int items) {
        long[][] gram = new long[items][items];
        for (int[] history : users) {
            for (int a : history) {
                for (int b : history) {
                    gram[a][b]++;
                }
            }
        }
        return gram;
    }
}

package discreet.evaluate.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import discreet.evaluate.Evaluation;
import discreet.evaluate.ReferenceUsers;
import discreet.evaluate.TestUser;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BestScoresTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void of_randomScoresWithTies_equalsSorting(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            int items = random.nextInt(60);
            double[] scores = random.ints(items, 0, 15).asDoubleStream().toArray();
            int[] excluded = items == 0
                    ? new int[0]
                    : random.ints(random.nextInt(20), 0, items).toArray();
            int k = 1 + random.nextInt(70);

            int[] sorted = IntStream.range(0, items)
                    .filter(item -> Arrays.stream(excluded).noneMatch(out -> out == item))
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer item) -> -scores[item])
                            .thenComparing(item -> item))
                    .limit(k)
                    .mapToInt(Integer::intValue)
                    .toArray();

            assertThat(BestScores.of(scores, excluded, k)).isEqualTo(sorted);
        }
    }

    @Test
    void of_everythingExcluded_isEmpty() {
        assertThat(BestScores.of(new double[] {1, 2}, new int[] {0, 1}, 5)).isEmpty();
    }

    @Test
    void of_kOfZero_isRefused() {
        assertThatThrownBy(() -> BestScores.of(new double[] {1}, new int[0], 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rank_referenceUsers_matchesTheReferenceMeans() {
        List<ReferenceUsers.User> users = ReferenceUsers.read();
        double recall = 0;
        double ndcg = 0;
        for (ReferenceUsers.User user : users) {
            Baseline baseline = history -> user.scores();
            Evaluation one =
                    Evaluation.of(baseline, List.of(new TestUser(user.history(), user.labels())), 150, 1, 20, 100);
            recall += one.at(20).recall();
            ndcg += one.at(100).ndcg();
        }

        assertThat(recall / users.size()).isCloseTo(.282205513784461, within(1e-12));
        assertThat(ndcg / users.size()).isCloseTo(.379873990508530, within(1e-12));
    }
}

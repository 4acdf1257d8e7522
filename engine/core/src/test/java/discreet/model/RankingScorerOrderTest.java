package discreet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.SyntheticModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingScorerOrderTest {
    private static final int ITEMS = 300;

    /** Ranks by the definition: sorts all items, takes out the user's own, and keeps the first k. */
    private static List<Integer> naive(RankingModel model, int[] history, int k) {
        double[] scores = model.scorer().headScores(history);
        Stream<Integer> head = IntStream.range(0, model.head().size())
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(position -> -Math.round(scores[position] / 1e-6))
                        .thenComparing(position -> model.head().item(position)))
                .map(model.head()::item);
        Stream<Integer> tail = IntStream.range(0, ITEMS)
                .filter(item -> model.head().position(item) < 0)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -model.statistic()[item]));
        return Stream.concat(head, tail)
                .filter(item -> Arrays.stream(history).noneMatch(own -> own == item))
                .limit(k)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 100, 250, 300, 1000})
    void recommend_anyK_equalsTheSort(int k) {
        RankingModel model = SyntheticModel.of(ITEMS, 200, 12, 0, 5);
        for (int[] history : SyntheticModel.histories(ITEMS, 40, 6)) {
            assertThat(model.scorer().recommend(history, k))
                    .extracting(Recommendation::item)
                    .containsExactlyElementsOf(naive(model, history, k));
        }
    }

    /** Compares the computed R diag(h) R^T f with the defined (I - p p^T) Q diag(h) Q^T f'. */
    @Test
    void headScores_randomModel_areTheFormula() {
        RankingModel model = SyntheticModel.of(80, 60, 7, 0, 9);
        int size = model.head().size();
        int rank = model.spectrum().rank();
        double norm = Math.sqrt(model.head().directionNorm2());
        double[] p = IntStream.range(0, size)
                .mapToDouble(x -> model.head().direction(x) / norm)
                .toArray();
        double[] g = IntStream.range(0, size)
                .mapToDouble(x -> model.head().weight(x)
                        * Math.max(model.statistic()[model.head().item(x)], 0))
                .toArray();
        double gNorm = Math.sqrt(dot(g, g));
        for (int[] history : SyntheticModel.histories(80, 20, 10)) {
            double[] f = new double[size];
            for (int item : history) {
                if (model.head().position(item) >= 0) {
                    f[model.head().position(item)] =
                            model.head().weight(model.head().position(item));
                }
            }
            double fp = dot(f, p);
            double[] s = new double[size];
            for (int q = 0; q < rank; q++) {
                double[] vector = new double[size];
                for (int x = 0; x < size; x++) {
                    vector[x] = model.spectrum().vectors()[x * rank + q];
                }
                double xi = model.spectrum().eigenvalues()[q];
                double along = (dot(vector, f) - fp * dot(vector, p))
                        * xi
                        / (xi + .4 * model.spectrum().bulk());
                for (int x = 0; x < size; x++) {
                    s[x] += along * vector[x];
                }
            }
            double sp = dot(s, p);
            double[] scores = model.scorer().headScores(history);
            for (int x = 0; x < size; x++) {
                double expected = (s[x] - sp * p[x] + fp * p[x] + .001 * g[x] / gNorm)
                        / Math.sqrt(model.head().weight(x));
                assertThat(scores[x]).isCloseTo(expected, within(1e-9));
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(x -> a[x] * b[x]).sum();
    }

    @Test
    void scorer_sentToAnotherMachine_scoresTheSame() throws Exception {
        RankingModel model = SyntheticModel.of(ITEMS, 200, 12, 0, 7);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(model.scorer());
        }
        RankingScorer sent;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            sent = (RankingScorer) in.readObject();
        }
        for (int[] history : SyntheticModel.histories(ITEMS, 10, 8)) {
            assertThat(sent.recommend(history, 300)).isEqualTo(model.scorer().recommend(history, 300));
        }
    }
}

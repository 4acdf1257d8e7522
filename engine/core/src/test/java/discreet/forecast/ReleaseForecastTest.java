package discreet.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.evaluate.Ranker;
import discreet.evaluate.TestUser;
import discreet.evaluate.baselines.Popularity;
import discreet.model.RankingModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReleaseForecastTest {
    private static final List<int[]> PEOPLE = InventedRelease.people(4_000, 1);
    private static final List<int[]> OTHERS = InventedRelease.people(2_000, 2);

    private static List<Curve> forecast(RankingModel released, List<Integer> people, long seed, int threads) {
        return new ReleaseForecast(released, List.of(1.0, 5.0, 20.0), people, 3, 1_000, seed, threads, step -> {})
                .run();
    }

    /** Popularity needs no model of tastes. How often the other bands hold on realistic data is what `bench forecast` measures. */
    @Test
    void run_fromARelease_floorHoldsExactPopularity() {
        Curve curve = forecast(InventedRelease.of(PEOPLE, 20), List.of(), 1, 2).get(0);

        List<TestUser> test = ReleaseForecast.holdout(OTHERS, 7);
        assertThat(curve.people()).isBetween(3_900, 4_100);
        assertThat(curve.points()).extracting(Curve.Point::epsilon).containsExactly(1.0, 5.0, 20.0);
        assertThat(curve.floor().recall().contains(recall(Popularity.fit(PEOPLE, InventedRelease.ITEMS), test)))
                .isTrue();
        assertThat(curve.ceiling()).isPresent();
    }

    private static double recall(Ranker ranker, List<TestUser> test) {
        return Measurement.of(ranker, test, InventedRelease.ITEMS, 2).recall();
    }

    @Test
    void run_sameSeed_sameForecastWithAnyNumberOfThreads() {
        RankingModel released = InventedRelease.of(InventedRelease.people(500, 1), 5);

        List<Curve> first = forecast(released, List.of(300), 9, 1);

        assertThat(forecast(released, List.of(300), 9, 2)).isEqualTo(first);
        assertThat(forecast(released, List.of(300), 10, 2)).isNotEqualTo(first);
    }

    @Test
    void run_morePeople_areForecastToGetMore() {
        List<Curve> curves = forecast(InventedRelease.of(PEOPLE, 20), List.of(500, 8_000), 1, 2);

        assertThat(curves).extracting(Curve::people).containsExactly(500, 8_000);
        assertThat(curves.get(1).points().get(0).estimate().recall().mean())
                .isGreaterThan(curves.get(0).points().get(0).estimate().recall().mean());
    }

    /** Noise alone at a tiny budget: nothing is known, and nothing may fail. */
    @Test
    void run_releaseOfNobody_isAForecastOfNothing() {
        Curve curve =
                forecast(InventedRelease.of(List.of(), 1), List.of(), 1, 2).get(0);

        assertThat(curve.points()).hasSize(3);
    }

    /** Beyond its own budget a release shows less than there is: only the upper side of the band says so. */
    @Test
    void run_beyondTheRelease_bandReachesFurtherUp() {
        Curve curve = forecast(InventedRelease.of(PEOPLE, 1), List.of(), 1, 2).get(0);

        Band far = curve.points().get(2).estimate().recall();
        assertThat(far.high() - far.mean())
                .isGreaterThan(far.mean() - far.low() + 3 * ReleaseForecast.MARGIN_PER_DOUBLING_BEYOND);
    }

    @Test
    void holdout_any_hidesAFifthAndKeepsOne() {
        List<TestUser> test = ReleaseForecast.holdout(
                List.of(new int[] {3}, new int[] {1, 2}, IntStream.range(0, 11).toArray()), 1);

        assertThat(test).extracting(person -> person.labels().length).containsExactly(1, 2);
        assertThat(test).extracting(person -> person.history().length).containsExactly(1, 9);
        assertThat(IntStream.concat(
                                Arrays.stream(test.get(1).labels()),
                                Arrays.stream(test.get(1).history()))
                        .sorted()
                        .toArray())
                .containsExactly(IntStream.range(0, 11).toArray());
    }
}

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
    private static final List<int[]> USERS = SyntheticRelease.users(4_000, 1);
    private static final List<int[]> OTHERS = SyntheticRelease.users(2_000, 2);

    private static List<Curve> forecast(RankingModel released, List<Integer> users, long seed, int threads) {
        return new ReleaseForecast(released, List.of(1.0, 5.0, 20.0), users, 3, 1_000, seed, threads, step -> {}).run();
    }

    /**
     * Popularity needs no model of tastes. {@code bench forecast} measures how often the other bands hold on
     * realistic data.
     */
    @Test
    void run_fromARelease_floorHoldsExactPopularity() {
        Curve curve = forecast(SyntheticRelease.of(USERS, 20), List.of(), 1, 2).get(0);

        List<TestUser> test = ReleaseForecast.holdout(OTHERS, 7);
        assertThat(curve.users()).isBetween(3_900, 4_100);
        assertThat(curve.points()).extracting(Curve.Point::epsilon).containsExactly(1.0, 5.0, 20.0);
        assertThat(curve.floor().recall().contains(recall(Popularity.fit(USERS, SyntheticRelease.ITEMS), test)))
                .isTrue();
        assertThat(curve.ceiling()).isPresent();
    }

    private static double recall(Ranker ranker, List<TestUser> test) {
        return Measurement.of(ranker, test, SyntheticRelease.ITEMS, 2).recall();
    }

    @Test
    void run_sameSeed_sameForecastWithAnyNumberOfThreads() {
        RankingModel released = SyntheticRelease.of(SyntheticRelease.users(500, 1), 5);

        List<Curve> first = forecast(released, List.of(300), 9, 1);

        assertThat(forecast(released, List.of(300), 9, 2)).isEqualTo(first);
        assertThat(forecast(released, List.of(300), 10, 2)).isNotEqualTo(first);
    }

    @Test
    void run_moreUsers_forecastHigherRecall() {
        List<Curve> curves = forecast(SyntheticRelease.of(USERS, 20), List.of(500, 8_000), 1, 2);

        assertThat(curves).extracting(Curve::users).containsExactly(500, 8_000);
        assertThat(curves.get(1).points().get(0).estimate().recall().mean())
                .isGreaterThan(curves.get(0).points().get(0).estimate().recall().mean());
    }

    /** With noise alone at a tiny budget, the forecast must still not fail. */
    @Test
    void run_releaseWithoutUsers_stillForecasts() {
        Curve curve =
                forecast(SyntheticRelease.of(List.of(), 1), List.of(), 1, 2).get(0);

        assertThat(curve.points()).hasSize(3);
    }

    /** Beyond its own budget a release shows too little, which only the upper side of the band reflects. */
    @Test
    void run_beyondTheRelease_bandReachesFurtherUp() {
        Curve curve = forecast(SyntheticRelease.of(USERS, 1), List.of(), 1, 2).get(0);

        Band far = curve.points().get(2).estimate().recall();
        assertThat(far.high() - far.mean())
                .isGreaterThan(far.mean() - far.low() + 3 * ReleaseForecast.MARGIN_PER_DOUBLING);
    }

    @Test
    void holdout_anyHistory_hidesAFifthAndLeavesOne() {
        List<TestUser> test = ReleaseForecast.holdout(
                List.of(new int[] {3}, new int[] {1, 2}, IntStream.range(0, 11).toArray()), 1);

        assertThat(test).extracting(user -> user.labels().length).containsExactly(1, 2);
        assertThat(test).extracting(user -> user.history().length).containsExactly(1, 9);
        assertThat(IntStream.concat(
                                Arrays.stream(test.get(1).labels()),
                                Arrays.stream(test.get(1).history()))
                        .sorted()
                        .toArray())
                .containsExactly(IntStream.range(0, 11).toArray());
    }
}

package discreet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import discreet.InputException;
import discreet.catalogue.ListRules;
import discreet.evaluate.Ranker;
import discreet.evaluate.TestUser;
import discreet.evaluate.baselines.Popularity;
import discreet.model.Recommendation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReleaseForecastTest {
    private static final List<int[]> USERS = SyntheticRelease.users(4_000, 1);
    private static final List<int[]> OTHERS = SyntheticRelease.users(2_000, 2);

    private static List<Curve> forecast(SyntheticRelease.Sealed released, List<Integer> users, long seed, int threads) {
        double own = released.model().provenance().epsilon();
        return new ReleaseForecast(
                        released.model(),
                        released.energy(),
                        List.of(.05 * own, .25 * own, own),
                        users,
                        3,
                        1_000,
                        seed,
                        threads,
                        step -> {})
                .run();
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
        assertThat(curve.ceiling()).isEmpty();
    }

    private static double recall(Ranker ranker, List<TestUser> test) {
        return Measurement.of(ranker, test, SyntheticRelease.ITEMS, 2).recall();
    }

    @Test
    void run_sameSeed_sameForecastWithAnyNumberOfThreads() {
        SyntheticRelease.Sealed released = SyntheticRelease.of(SyntheticRelease.users(500, 1), 5);

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

    @Test
    void forecast_beyondTheRelease_isRefused() {
        SyntheticRelease.Sealed released = SyntheticRelease.of(USERS, 1);

        assertThatThrownBy(() -> new ReleaseForecast(
                        released.model(), released.energy(), List.of(1.0, 1.1), List.of(), 1, 100, 1, 1, step -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("`epsilon` has 1.1")
                .hasMessageContaining("public ratings");
    }

    /**
     * The generator was not tuned on these users. Recall of 2,000 users has a standard error of .007, and the
     * forecast may be .04 off.
     */
    @Test
    void run_fromASmallRelease_isAsGoodAsARealTraining() {
        SyntheticRelease.Sealed released = SyntheticRelease.of(USERS, 1);
        List<TestUser> test = ReleaseForecast.holdout(OTHERS, 7);
        double real = recall(
                (user, k) -> released.model().scorer().recommend(user, ListRules.ofLength(k)).stream()
                        .mapToInt(Recommendation::item)
                        .toArray(),
                test);

        Band forecast = forecast(released, List.of(), 1, 2)
                .get(0)
                .points()
                .get(2)
                .estimate()
                .recall();

        assertThat(forecast.mean()).isCloseTo(real, within(.04));
        assertThat(forecast.contains(real)).isTrue();
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

package discreet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetSearchTest {
    private static final double[] EPSILONS = {.5, 1, 2, 5, 10, 20};

    private static Curve curve(double... recalls) {
        Estimate floor = estimate(.1);
        return new Curve(
                1000,
                false,
                IntStream.range(0, recalls.length)
                        .mapToObj(at -> new Curve.Point(EPSILONS[at], estimate(recalls[at])))
                        .toList(),
                floor,
                Optional.empty());
    }

    private static Estimate estimate(double recall) {
        Band band = new Band(Math.max(0, recall - .1), recall, recall + .1);
        return new Estimate(band, band);
    }

    /** Recall rises by .1 with each tenfold epsilon and is .3 at epsilon 1. */
    private static double known(double epsilon) {
        return .3 + .1 * Math.log10(epsilon);
    }

    @ParameterizedTest
    @ValueSource(doubles = {.28, .3, .31, .3301, .35, .37, .42})
    void smallestEpsilon_knownCurve_isTheCrossingRoundedDown(double target) {
        double[] recalls = IntStream.range(0, EPSILONS.length)
                .mapToDouble(at -> known(EPSILONS[at]))
                .toArray();

        double epsilon =
                new TargetSearch(curve(recalls)).smallestEpsilon(target).orElseThrow();

        double step = Math.pow(10, Math.floor(Math.log10(epsilon)) - 2);
        assertThat(known(epsilon)).isLessThanOrEqualTo(target + 1e-9);
        assertThat(known(epsilon + step)).isGreaterThan(target - 1e-9);
        assertThat(epsilon / step).isCloseTo(Math.rint(epsilon / step), within(1e-6));
    }

    @Test
    void smallestEpsilon_aboveTheCurveButInsideItsBand_isOutOfReach() {
        assertThat(new TargetSearch(curve(.2, .25, .3)).smallestEpsilon(.31)).isEmpty();
    }

    @Test
    void smallestEpsilon_reachedByTheSmallest_isTheSmallest() {
        assertThat(new TargetSearch(curve(.2, .25, .3)).smallestEpsilon(.15)).hasValue(.5);
    }

    /** One lucky draw at epsilon 1 must not count when epsilon 2 does worse. */
    @Test
    void smallestEpsilon_waveringCurve_usesTheMonotoneOne() {
        TargetSearch search = new TargetSearch(curve(.2, .3, .26, .4));

        assertThat(search.smallestEpsilon(.3).orElseThrow()).isGreaterThan(2);
        assertThat(TargetSearch.monotone(new double[] {.2, .3, .26, .4}))
                .containsExactly(new double[] {.2, .28, .28, .4}, within(1e-12));
    }

    @Test
    void smallestEpsilon_targetOfZero_isRefused() {
        assertThatThrownBy(() -> new TargetSearch(curve(.2)).smallestEpsilon(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

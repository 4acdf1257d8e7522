package discreet.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdedGaussianTest {
    /**
     * Noise of sigma 1 is 0 with probability .399 and 1 with probability .242. Of 400 values at the threshold
     * OpenDP publishes about 160 unchanged. None of these may come out here, and the value one above the
     * threshold must. A false alarm has probability .758^400 < 1e-48.
     */
    @Test
    void release_valuesAtTheThreshold_onlyStrictlyAboveIsKept() {
        ThresholdedGaussian gaussian = ThresholdedGaussian.of(1, 1000, 1, 5, 5);
        SortedMap<String, Long> released = release(gaussian, equalWeights(400, 1000));
        assertThat(released).isNotEmpty();
        assertThat(released.values()).allMatch(value -> value > 1000).contains(1001L);
    }

    /**
     * A value of 5 that only one user has, against threshold 7, is published if the noise is at least 3. That
     * has probability .0055, and the delta charged is not less. With 20,000 keys and a limit of 5.35 standard
     * deviations a false alarm has probability below 1e-7. The broken twin publishes at the threshold too, as
     * OpenDP does (issue 2922). Its probability is .0594, a hundred standard deviations away and more than
     * what is charged.
     */
    @Test
    void release_keysOfOneUserAlone_arePublishedAsRarelyAsCharged() {
        int n = 20_000;
        ThresholdedGaussian gaussian = ThresholdedGaussian.of(1, 7, 1, 5, 5);
        double exact = new DiscreteGaussianFit(1).tail(3);
        assertThat(gaussian.delta()).isBetween(exact, 0.0228);
        int published = release(gaussian, equalWeights(n, 5)).size();
        assertThat(standardised(published, n, exact)).isBetween(-5.35, 5.35);

        long[] sums = new long[n];
        Arrays.fill(sums, 5);
        long twin = Arrays.stream(DiscreteGaussian.withSigma(1).release(sums))
                .filter(value -> value >= 7)
                .count();
        assertThat(standardised(twin, n, exact)).isGreaterThan(5.35);
        assertThat(twin / (double) n).isGreaterThan(gaussian.delta());
    }

    private static double standardised(long count, int n, double p) {
        return (count - n * p) / Math.sqrt(n * p * (1 - p));
    }

    @Test
    void release_clearCases_keepsThemSortedByKey() {
        Map<String, Long> weights = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            // A surrogate without its pair is a key like any other.
            weights.put((i % 2 == 0 ? "\ud800" : "item ") + i, i % 3 == 0 ? 1_000_000L + i : 0L);
        }
        SortedMap<String, Long> released = release(ThresholdedGaussian.of(10, 5000, 20, 100, 100), weights);
        assertThat(released.keySet())
                .containsExactlyElementsOf(weights.keySet().stream()
                        .filter(key -> weights.getOrDefault(key, 0L) > 0)
                        .sorted()
                        .toList());
        released.forEach(
                (key, value) -> assertThat((double) value).isCloseTo(weights.getOrDefault(key, 0L), within(300.0)));
    }

    @ParameterizedTest
    @CsvSource({"b, a", "a, a"})
    void release_keysOutOfOrder_areRefusedWithoutBeingNamed(String first, String second) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ThresholdedGaussian.of(1, 10, 1, 1, 1).release(new String[] {"_", first, second}, new long[3]))
                .withMessage("keys must be ascending and distinct.");
    }

    @Test
    void release_empty_isEmpty() {
        assertThat(release(ThresholdedGaussian.of(1, 10, 1, 1, 1), Map.of())).isEmpty();
    }

    @Test
    void of_cost_isRhoAndTheJointTail() {
        ThresholdedGaussian gaussian = ThresholdedGaussian.of(2, 18, 1, 10, 10);
        assertThat(gaussian.rho()).isEqualTo(12.5);
        assertThat(gaussian.delta()).isCloseTo(3.167e-5, within(1e-8));
        double two = ThresholdedGaussian.of(2, 18, 2, 10, 10).delta();
        assertThat(two).isCloseTo(2 * gaussian.delta(), within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, .03, 1e-6", "500, 524288, 524288, .003, 1e-6", "20, 3.5, 1.2, 5, 1e-9"})
    void costingAtMost_anyBudget_isTheLowestThresholdThatFits(
            int l0, double l2, double lInf, double rho, double delta) {
        ThresholdedGaussian gaussian = ThresholdedGaussian.costingAtMost(l0, l2, lInf, rho, delta);
        assertThat(gaussian.rho()).isLessThanOrEqualTo(rho);
        assertThat(gaussian.delta()).isLessThanOrEqualTo(delta);
        ThresholdedGaussian lower = ThresholdedGaussian.of(gaussian.sigma(), gaussian.threshold() - 1, l0, l2, lInf);
        assertThat(lower.delta()).isGreaterThan(delta);
    }

    @ParameterizedTest
    @CsvSource({
        ".5, 10, 1, 1, 1",
        "NaN, 10, 1, 1, 1",
        "1, 0, 1, 1, 1",
        "1, 10, 1, 11, 11",
        "1, 10, 0, 1, 1",
        "1, 10, 1, 0, 1",
        "1, 10, 1, 1, NaN"
    })
    void of_outOfRange_isRefused(double sigma, long threshold, int l0, double l2, double lInf) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ThresholdedGaussian.of(sigma, threshold, l0, l2, lInf))
                .withMessageContaining("Provided value: ");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1, 0", "1, 1, 1, 1, 1", "1, 1, 1, 0, .1", "1, 1, 1, 1, NaN", "1, 1, 1, 1, 1e-60"})
    void costingAtMost_outOfRange_isRefused(int l0, double l2, double lInf, double rho, double delta) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ThresholdedGaussian.costingAtMost(l0, l2, lInf, rho, delta));
    }

    @Test
    void release_weightOutOfRange_typedExceptionWithoutData() {
        assertThatThrownBy(() -> ThresholdedGaussian.of(1, 10, 1, 1, 1)
                        .release(new String[] {"somebody"}, new long[] {Long.MIN_VALUE}))
                .isInstanceOfSatisfying(NoiseException.class, e -> {
                    assertThat(e.reason()).isEqualTo(NoiseException.Reason.SUM_OUT_OF_RANGE);
                    assertThat(e).hasMessageNotContaining("somebody").hasMessageNotContaining("9223");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "2, 3, 5, 10, 1, LENGTH_MISMATCH",
        "2, 2, .1, 10, 1, SIGMA_OUT_OF_RANGE",
        "2, 2, 5, 0, 1, THRESHOLD_OUT_OF_RANGE",
        "2, 2, 5, 10, 0, THREADS_OUT_OF_RANGE"
    })
    void binding_wrongArguments_typedException(
            int actual, int declared, double sigma, long threshold, int threads, NoiseException.Reason reason) {
        assertThatThrownBy(() -> OpenDp.addGaussianAbove(new long[actual], declared, sigma, threshold, threads))
                .isInstanceOfSatisfying(
                        NoiseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static SortedMap<String, Long> release(ThresholdedGaussian gaussian, Map<String, Long> weights) {
        SortedMap<String, Long> sorted = new TreeMap<>(weights);
        return gaussian.release(
                sorted.keySet().toArray(new String[0]),
                sorted.values().stream().mapToLong(Long::longValue).toArray());
    }

    private static Map<String, Long> equalWeights(int count, long weight) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "key " + i, i -> weight));
    }
}

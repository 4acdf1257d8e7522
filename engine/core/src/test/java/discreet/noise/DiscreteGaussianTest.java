package discreet.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscreteGaussianTest {
    private static final int DRAWS = 100_000;

    /** The size of the chunks of the native code. */
    private static final int CHUNK = 1024;

    @AfterEach
    void defaultThreads() {
        System.clearProperty(Threads.PROPERTY);
    }

    /** A false alarm has probability below 1e-6 (see {@link DiscreteGaussianFit}). */
    @ParameterizedTest
    @CsvSource({"1, 1", "2.5, 2"})
    void release_manyDraws_followTheExactDistribution(double sigma, int threads) {
        assertThat(new DiscreteGaussianFit(sigma).accepts(draws(sigma, DRAWS, threads)))
                .isTrue();
    }

    /**
     * The broken twin has a sigma that is 3 % off. Its mean square is 13 standard deviations away and the
     * limit is 5.35, so a miss has probability below 1e-10.
     */
    @ParameterizedTest
    @ValueSource(doubles = {2.5 * 1.03, 2.5 * 0.97})
    void fit_sigmaThreePercentOff_isRejected(double wrong) {
        assertThat(new DiscreteGaussianFit(2.5).accepts(draws(wrong, DRAWS, 2))).isFalse();
    }

    /**
     * Another broken twin is a floating-point Gaussian rounded to integers. Its Pr[0] at sigma 1 is .383
     * instead of .399.
     */
    @Test
    void fit_roundedFloatGaussian_isRejected() {
        Random random = new Random(1);
        long[] rounded = LongStream.generate(() -> Math.round(random.nextGaussian()))
                .limit(DRAWS)
                .toArray();
        DiscreteGaussianFit fit = new DiscreteGaussianFit(1);
        assertThat(fit.chiSquareAccepts(rounded)).isFalse();
        assertThat(fit.accepts(rounded)).isFalse();
    }

    /**
     * The mean square has relative standard deviation sqrt(2 / 20,000) = 1 %. The number of odd draws is
     * binomial with p = 1/2 up to e^-(pi sigma)^2. Each may be 5.35 standard deviations off, so a false alarm
     * has probability below 2e-7.
     */
    @Test
    void release_wideSigma_hasItsVarianceAndEveryBit() {
        int n = 20_000;
        long[] draws = draws(0x1p40, n, 2);
        double meanSquare = Arrays.stream(draws)
                .mapToDouble(x -> x * 0x1p-40 * x * 0x1p-40)
                .average()
                .orElseThrow();
        assertThat((meanSquare - 1) / Math.sqrt(2.0 / n)).isBetween(-5.35, 5.35);
        for (int bit : new int[] {0, 1, 13, 30}) {
            long ones = Arrays.stream(draws).filter(x -> (x >> bit & 1) == 1).count();
            assertThat((ones - n / 2.0) / Math.sqrt(n / 4.0)).as("bit %d", bit).isBetween(-5.35, 5.35);
        }
    }

    /**
     * Lag correlations of independent draws times sqrt(n) are standard normal. With ten of them a false alarm
     * has probability below 1e-6.
     */
    @Test
    void release_acrossChunksAndThreads_isIndependent() {
        long[] draws = draws(1000, 40_000, 2);
        assertThat(lagsAreIndependent(draws)).isTrue();
        // The broken twin has chunks that share their draws, as forks of one generator would.
        long[] repeated = new long[draws.length];
        Arrays.setAll(repeated, i -> draws[i % CHUNK]);
        assertThat(lagsAreIndependent(repeated)).isFalse();
    }

    private static boolean lagsAreIndependent(long[] draws) {
        return Stream.of(1, 2, 3, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK, 8 * CHUNK, 16 * CHUNK)
                .allMatch(lag -> {
                    int n = draws.length - lag;
                    double product = 0;
                    for (int i = 0; i < n; i++) {
                        product += (draws[i] / 1000.0) * (draws[i + lag] / 1000.0);
                    }
                    return Math.abs(product / Math.sqrt(n)) <= 5.35;
                });
    }

    /**
     * Two draws of sigma 2^20 agree with probability 2.7e-7. Three of 3,000 pairs agree with probability
     * below 1e-9.
     */
    @Test
    void release_twice_drawsAgain() {
        long[] first = draws(0x1p20, 3000, 2);
        long[] second = draws(0x1p20, 3000, 2);
        int equal = 0;
        for (int i = 0; i < first.length; i++) {
            equal += first[i] == second[i] ? 1 : 0;
        }
        assertThat(equal).isLessThan(3);
    }

    @Test
    void release_sums_areKeptAndTheArgumentIsNotChanged() {
        System.setProperty(Threads.PROPERTY, "2");
        long[] sums = LongStream.range(0, 5000).map(i -> (i - 2500) << 40).toArray();
        sums[0] = -(1L << 62);
        sums[4999] = 1L << 62;
        long[] before = sums.clone();
        long[] released = DiscreteGaussian.withSigma(3).release(sums);
        assertThat(sums).isEqualTo(before);
        assertThat(released).hasSize(sums.length).isNotEqualTo(sums);
        for (int i = 0; i < sums.length; i++) {
            // 20 sigma, which never happens
            assertThat(Math.abs(released[i] - sums[i])).isLessThan(60);
        }
    }

    @Test
    void release_empty_isEmpty() {
        assertThat(DiscreteGaussian.withSigma(1).release(new long[0])).isEmpty();
    }

    @Test
    void release_fromManyThreadsAtOnce_works() {
        long[] sums = new long[3000];
        Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> DiscreteGaussian.withSigma(50).release(sums)))
                .limit(4)
                .toList()
                .forEach(release -> assertThat(release.join()).hasSize(3000));
    }

    /**
     * Counts the threads during the release. The native pool names its threads, and Linux shows the names.
     */
    @Test
    @Timeout(60)
    void release_twoThreads_startsNoMore() throws IOException {
        Path tasks = Path.of("/proc/self/task");
        assumeTrue(Files.isDirectory(tasks));
        System.setProperty(Threads.PROPERTY, "2");
        while (nativeThreads(tasks) > 0) {
            Thread.onSpinWait(); // threads of earlier releases end on their own
        }
        CompletableFuture<long[]> release = CompletableFuture.supplyAsync(
                () -> DiscreteGaussian.withSigma(1).release(new long[30_000]));
        long most = 0;
        while (!release.isDone()) {
            most = Math.max(most, nativeThreads(tasks));
        }
        assertThat(release.join()).hasSize(30_000);
        assertThat(most).isBetween(1L, 2L);
    }

    private static long nativeThreads(Path tasks) throws IOException {
        try (Stream<Path> all = Files.list(tasks)) {
            return all.filter(task -> {
                        try {
                            return Files.readString(task.resolve("comm")).startsWith("discreet-");
                        } catch (IOException ended) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0, -1, 0.999, 0x1.0000001p58, Double.POSITIVE_INFINITY})
    void withSigma_outOfRange_isRefused(double sigma) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteGaussian.withSigma(sigma))
                .withMessage("sigma must be >= 1 and <= 2^58. Provided value: " + sigma);
    }

    @Test
    void costingAtMost_randomCases_costsNoMoreAndALittleLessNoiseCostsMore() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            double rho = Math.exp(random.nextDouble() * 20 - 15);
            double sensitivity = Math.sqrt(2 * rho) * Math.exp(random.nextDouble() * 35 + 0.1);
            DiscreteGaussian gaussian = DiscreteGaussian.costingAtMost(sensitivity, rho);
            assertThat(gaussian.rho(sensitivity)).isLessThanOrEqualTo(rho);
            DiscreteGaussian less = DiscreteGaussian.withSigma(gaussian.sigma() * (1 - 1e-14));
            assertThat(less.rho(sensitivity)).isGreaterThan(rho);
        }
    }

    @Test
    void costingAtMost_smallSensitivity_isSigmaOne() {
        DiscreteGaussian gaussian = DiscreteGaussian.costingAtMost(1, 10);
        assertThat(gaussian.sigma()).isEqualTo(1);
        assertThat(gaussian.rho(1)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "NaN, 1", "Infinity, 1", "1, 0", "1, -1", "1, NaN", "1, Infinity", "1e18, 1e-4"})
    void costingAtMost_outOfRange_isRefused(double sensitivity, double rho) {
        assertThatIllegalArgumentException().isThrownBy(() -> DiscreteGaussian.costingAtMost(sensitivity, rho));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 3, 5, 1, LENGTH_MISMATCH",
        "2, -1, 5, 1, LENGTH_MISMATCH",
        "2, 2, NaN, 1, SIGMA_OUT_OF_RANGE",
        "2, 2, .5, 1, SIGMA_OUT_OF_RANGE",
        "2, 2, 3e17, 1, SIGMA_OUT_OF_RANGE",
        "2, 2, 5, 0, THREADS_OUT_OF_RANGE",
        "2, 2, 5, -1, THREADS_OUT_OF_RANGE",
        "2, 2, 5, 1025, THREADS_OUT_OF_RANGE"
    })
    void binding_wrongArguments_typedException(
            int actual, int declared, double sigma, int threads, NoiseException.Reason reason) {
        assertThatThrownBy(() -> OpenDp.addGaussian(new long[actual], declared, sigma, threads))
                .isInstanceOfSatisfying(
                        NoiseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 62) + 1, -(1L << 62) - 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void binding_sumOutOfRange_typedExceptionWithoutTheSum(long sum) {
        assertThatThrownBy(() -> DiscreteGaussian.withSigma(1).release(new long[] {0, sum}))
                .isInstanceOfSatisfying(NoiseException.class, e -> {
                    assertThat(e.reason()).isEqualTo(NoiseException.Reason.SUM_OUT_OF_RANGE);
                    assertThat(e).hasNoCause().hasMessageNotContaining(Long.toString(sum));
                });
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY})
    void rho_sensitivityOutOfRange_typedException(double sensitivity) {
        assertThatThrownBy(() -> DiscreteGaussian.withSigma(2).rho(sensitivity))
                .isInstanceOfSatisfying(
                        NoiseException.class,
                        e -> assertThat(e.reason()).isEqualTo(NoiseException.Reason.SENSITIVITY_OUT_OF_RANGE));
    }

    private static long[] draws(double sigma, int count, int threads) {
        System.setProperty(Threads.PROPERTY, Integer.toString(threads));
        return DiscreteGaussian.withSigma(sigma).release(new long[count]);
    }
}

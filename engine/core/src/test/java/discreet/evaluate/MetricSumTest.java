package discreet.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricSumTest {

    private static final double[] EXTREME = {0, 1, .5, -1, 2, Double.NaN, Double.POSITIVE_INFINITY, -Double.MAX_VALUE};

    private static MetricSum over(int cutoffs) {
        return new MetricSum(2 * cutoffs);
    }

    private static long[] user(MetricSum sum, Random random) {
        double[] metrics = new double[sum.metrics()];
        Arrays.setAll(metrics, q -> q % 4 == 1 ? random.nextDouble() : metric(random));
        long[] sums = new long[sum.length()];
        sum.add(sums, metrics);
        return sums;
    }

    private static double metric(Random random) {
        return EXTREME[random.nextInt(EXTREME.length)];
    }

    private static BigInteger norm2(long[] values) {
        return LongStream.of(values)
                .mapToObj(BigInteger::valueOf)
                .map(value -> value.multiply(value))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void add_randomAndExtremeMetrics_neverPassesTheSensitivity(int cutoffs) {
        MetricSum sum = over(cutoffs);
        BigInteger bound = BigInteger.valueOf((long) sum.sensitivity()).pow(2);
        BigInteger most = BigInteger.ZERO;
        Random random = new Random(cutoffs);
        for (int i = 0; i < 2_000; i++) {
            BigInteger norm2 = norm2(user(sum, random));
            assertThat(norm2).isLessThanOrEqualTo(bound);
            most = most.max(norm2);
        }
        // The bound is nearly reached: (r / 4 + 1) 4^20, up to rounding
        assertThat(Math.sqrt(most.doubleValue())).isCloseTo(sum.sensitivity(), within(sum.sensitivity() * .2));
        assertThat(sum.sensitivity()).isCloseTo(Math.sqrt(cutoffs / 2.0 + 1) * (1 << MetricSum.BITS), within(1.0));
    }

    /**
     * Sums about 0 instead of 1/2, as in a plain mean, let a user with perfect lists cost more than is
     * charged.
     */
    @Test
    void add_metricsAboutZero_wouldPassTheSensitivity() {
        MetricSum sum = over(2);
        long[] naive = LongStream.generate(() -> 1L << MetricSum.BITS)
                .limit(sum.length())
                .toArray();
        assertThat(Math.sqrt(norm2(naive).doubleValue())).isGreaterThan(sum.sensitivity());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void replacingOne_randomPairs_neverMovesMoreThanItsFactor(int cutoffs) {
        MetricSum sum = over(cutoffs);
        double factor = sum.replacingOne(new PrivacyCost(new Rho(1_000_000_000), Delta.ZERO))
                        .rho()
                        .units()
                / 1e9;
        assertThat(factor).isBetween(2.0, 4.0);
        Random random = new Random(cutoffs);
        for (int i = 0; i < 2_000; i++) {
            long[] one = user(sum, random);
            long[] other = random.nextInt(5) == 0 ? new long[sum.length()] : user(sum, random);
            long[] moved = IntStream.range(0, one.length)
                    .mapToLong(q -> one[q] - other[q])
                    .toArray();
            assertThat(norm2(moved).doubleValue())
                    .isLessThanOrEqualTo(factor * sum.sensitivity() * sum.sensitivity() * (1 + 1e-9));
        }
    }

    @Test
    void add_ordinaryMetrics_areTheirSumsAboutOneHalf() {
        MetricSum sum = new MetricSum(2);
        long[] sums = new long[3];
        sum.add(sums, new double[] {.25, 1});
        sum.add(sums, new double[] {.5, .125});
        assertThat(sums).containsExactly(-(1 << 18), (1 << 19) - 3 * (1 << 17), 2 << 20);
    }
}

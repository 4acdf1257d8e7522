package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ExactTest {
    private static final long BOUND = 1L << 62;
    private static final BigInteger PERIOD = BigInteger.ONE.shiftLeft(64);

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(20261201);

    @Test
    void folded_sumWithinTheBound_isUnchanged() {
        for (long sum : new long[] {0, 1, -1, BOUND, -BOUND, BOUND - 1, 1 - BOUND}) {
            assertThat(Exact.folded(sum)).isEqualTo(sum);
        }
    }

    @Test
    void folded_sumBeyondTheBound_runsBack() {
        assertThat(Exact.folded(BOUND + 1)).isEqualTo(BOUND - 1);
        assertThat(Exact.folded(-BOUND - 1)).isEqualTo(1 - BOUND);
        assertThat(Exact.folded(Long.MAX_VALUE)).isEqualTo(1);
        assertThat(Exact.folded(Long.MIN_VALUE)).isZero();
    }

    /** The naive twin: the triangle wave of the true sum, in exact arithmetic. */
    @Test
    void folded_anyTrueSum_isTheTriangleWaveOfIt() {
        for (int i = 0; i < 20_000; i++) {
            BigInteger sum = trueSum();
            BigInteger at = sum.add(BigInteger.valueOf(BOUND)).mod(PERIOD); // 0 at the lowest point of the wave
            BigInteger half = BigInteger.ONE.shiftLeft(63);
            BigInteger wave = (at.compareTo(half) <= 0 ? at : PERIOD.subtract(at)).subtract(BigInteger.valueOf(BOUND));
            assertThat(Exact.folded(sum.longValue())).isEqualTo(wave.longValueExact());
        }
    }

    /** The bound: a user moves a folded sum no further than the true one, however large the sum is. */
    @Test
    void folded_oneUserMore_movesNoFurtherThanTheTrueSum() {
        assertThat(worst(Exact::folded)).isZero();
    }

    /** The broken twin clamps a wrapped sum, which one user may move from one end to the other. */
    @Test
    void folded_twinThatClamps_movesFurther() {
        assertThat(worst(sum -> Math.max(-BOUND, Math.min(BOUND, sum)))).isPositive();
    }

    /** Returns how often a user moves a sum further than by that user's contribution. */
    private long worst(LongUnaryOperator function) {
        return LongStream.range(0, 200_000)
                .filter(i -> {
                    BigInteger sum = trueSum();
                    long own = random.nextLong() >> random.nextInt(1, 63);
                    BigInteger moved = BigInteger.valueOf(function.applyAsLong(
                                    sum.add(BigInteger.valueOf(own)).longValue()))
                            .subtract(BigInteger.valueOf(function.applyAsLong(sum.longValue())));
                    return moved.abs().compareTo(BigInteger.valueOf(own).abs()) > 0;
                })
                .count();
    }

    /** Draws sums of all sizes, many of them close to where a long wraps or the bound is. */
    private BigInteger trueSum() {
        BigInteger sum = new BigInteger(random.nextInt(1, 80), new java.util.Random(random.nextLong()));
        BigInteger corner = BigInteger.valueOf(BOUND).multiply(BigInteger.valueOf(random.nextInt(-6, 7)));
        BigInteger near = corner.add(BigInteger.valueOf(random.nextLong() >> random.nextInt(63)));
        return random.nextBoolean() ? near : random.nextBoolean() ? sum : sum.negate();
    }
}

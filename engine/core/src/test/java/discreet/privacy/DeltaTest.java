package discreet.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaTest {

    private static final BigDecimal UNIT = BigDecimal.ONE.divide(BigDecimal.valueOf(1L << 62));

    private static BigDecimal exact(Delta delta) {
        return new BigDecimal(delta.units()).multiply(UNIT);
    }

    @Test
    void roundedUp_anyDouble_isNeverBelowAndLessThanAUnitAbove() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double delta = Math.scalb(random.nextDouble(), -random.nextInt(80));
            BigDecimal above = exact(Delta.roundedUp(delta)).subtract(new BigDecimal(delta));
            assertThat(above).isBetween(BigDecimal.ZERO, UNIT);
        }
    }

    @Test
    void sums_ofManyDeltas_neverFallBelowTheTrueSum() {
        Random random = new Random(2);
        Delta sum = Delta.ZERO;
        BigDecimal exact = BigDecimal.ZERO;
        for (int i = 0; i < 1_000; i++) {
            double delta = random.nextDouble() * 1e-6;
            sum = sum.plus(Delta.roundedUp(delta));
            exact = exact.add(new BigDecimal(delta));
            assertThat(new BigDecimal(sum.toDouble())).isGreaterThanOrEqualTo(exact);
        }
    }

    @Test
    void leftOf_chargedDelta_neverExceedsTheTrueDifference() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            Delta charged = Delta.roundedUp(Math.scalb(random.nextDouble(), -random.nextInt(62)));
            double cap = random.nextDouble();
            assertThat(new BigDecimal(charged.leftOf(cap)))
                    .isLessThanOrEqualTo(new BigDecimal(cap).subtract(exact(charged)));
        }
    }

    @Test
    void leftOf_nothingCharged_isTheCapItself() {
        assertThat(Delta.ZERO.leftOf(1e-5)).isEqualTo(1e-5);
    }

    @Test
    void plus_aboveOne_isOne() {
        Delta one = Delta.roundedUp(1);
        assertThat(one.plus(one)).isEqualTo(one);
        assertThat(one.toDouble()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-300, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
    void roundedUp_notAProbability_isRefused(double delta) {
        assertThatThrownBy(() -> Delta.roundedUp(delta)).isInstanceOf(IllegalArgumentException.class);
    }
}

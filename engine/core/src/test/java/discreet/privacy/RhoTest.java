package discreet.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RhoTest {

    private static final BigDecimal UNIT = BigDecimal.ONE.divide(BigDecimal.valueOf(1L << 40));

    private static BigDecimal exact(Rho rho) {
        return new BigDecimal(rho.units()).multiply(UNIT);
    }

    @Test
    void rounding_anyDouble_isTheNearestUnitInItsDirection() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double rho = Math.scalb(random.nextDouble(), random.nextInt(80) - 60);
            BigDecimal value = new BigDecimal(rho);
            assertThat(exact(Rho.roundedUp(rho)).subtract(value)).isBetween(BigDecimal.ZERO, UNIT);
            assertThat(value.subtract(exact(Rho.roundedDown(rho)))).isBetween(BigDecimal.ZERO, UNIT);
        }
    }

    @Test
    void rounding_tinyAndHuge_staysOnTheSafeSide() {
        assertThat(Rho.roundedUp(Double.MIN_VALUE).units()).isEqualTo(1);
        assertThat(Rho.roundedDown(Double.MIN_VALUE)).isEqualTo(Rho.ZERO);
        assertThat(Rho.roundedUp(0)).isEqualTo(Rho.ZERO);
        assertThat(Rho.roundedUp(1e300)).isEqualTo(Rho.MAX);
        assertThat(Rho.roundedDown(1e300)).isLessThan(Rho.MAX);
    }

    @Test
    void toDouble_anyUnits_isTheSmallestDoubleNotBelow() {
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            Rho rho = new Rho(random.nextLong() >>> (1 + random.nextInt(62)));
            assertThat(new BigDecimal(rho.toDouble())).isGreaterThanOrEqualTo(exact(rho));
            if (!rho.isZero()) {
                assertThat(new BigDecimal(Math.nextDown(rho.toDouble()))).isLessThan(exact(rho));
            }
        }
        assertThat(Rho.MAX.toDouble()).isEqualTo(0x1p23);
    }

    @Test
    void plus_thatDoesNotFit_isMax() {
        assertThat(Rho.MAX.plus(new Rho(1))).isEqualTo(Rho.MAX);
        assertThat(Rho.MAX.plus(Rho.MAX)).isEqualTo(Rho.MAX);
        assertThat(new Rho(5).plus(new Rho(7)).minus(new Rho(5))).isEqualTo(new Rho(7));
        assertThat(new Rho(Long.MAX_VALUE / 2 + 1).times(2)).isEqualTo(Rho.MAX);
        assertThat(new Rho(21).times(2)).isEqualTo(new Rho(42));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-300, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void rounding_invalidRho_isRefused(double rho) {
        assertThatThrownBy(() -> Rho.roundedUp(rho)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rho.roundedDown(rho)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void minus_moreThanThereIs_isRefused() {
        assertThatThrownBy(() -> new Rho(1).minus(new Rho(2))).isInstanceOf(IllegalArgumentException.class);
    }
}

package discreet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaerTest {
    private static double[] randomSymmetric(int n) {
        Random random = new Random(n);
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i * n + j] = a[j * n + i] = random.nextGaussian();
            }
        }
        return a;
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "7, 2", "150, 2"})
    void eigen_randomSymmetricMatrix_pairsAreDecreasingAndSolveIt(int n, int threads) {
        double[] a = randomSymmetric(n);
        double[] pairs = Faer.eigen(a, n, threads);
        assertThat(pairs).hasSize(n + n * n);
        for (int q = 0; q < n; q++) {
            assertThat(pairs[q]).isLessThanOrEqualTo(q == 0 ? Double.MAX_VALUE : pairs[q - 1]);
            double norm = 0;
            for (int i = 0; i < n; i++) {
                double product = 0;
                for (int j = 0; j < n; j++) {
                    product += a[i * n + j] * pairs[n + q * n + j];
                }
                assertThat(product).isCloseTo(pairs[q] * pairs[n + q * n + i], within(1e-10));
                norm += pairs[n + q * n + i] * pairs[n + q * n + i];
            }
            assertThat(norm).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void eigen_emptyOrOneByOneMatrix_isSolved() {
        assertThat(Faer.eigen(new double[0], 0, 2)).isEmpty();
        double[] one = Faer.eigen(new double[] {-5}, 1, 1);
        assertThat(one[0]).isEqualTo(-5);
        assertThat(Math.abs(one[1])).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 2, 1, LENGTH_MISMATCH",
        "4, -2, 1, LENGTH_MISMATCH",
        "0, 65536, 1, LENGTH_MISMATCH",
        "4, 2, 0, THREADS_OUT_OF_RANGE",
        "4, 2, -1, THREADS_OUT_OF_RANGE"
    })
    void eigen_wrongArguments_typedException(int length, int n, int threads, SpectrumException.Reason reason) {
        assertThatThrownBy(() -> Faer.eigen(new double[length], n, threads))
                .isInstanceOfSatisfying(
                        SpectrumException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void eigen_notFinite_typedException() {
        assertThatThrownBy(() -> Faer.eigen(new double[] {1, 2, 2, Double.NaN}, 2, 1))
                .isInstanceOfSatisfying(
                        SpectrumException.class,
                        e -> assertThat(e.reason()).isEqualTo(SpectrumException.Reason.NOT_FINITE));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 2", "60, 0, 1", "60, 12, 1", "300, 60, 2", "300, 300, 2"})
    void leading_randomSymmetricMatrix_equalsTheFirstOfAllPairs(int n, int count, int threads) {
        double[] a = randomSymmetric(n);
        double[] all = Faer.eigen(a, n, threads);
        double[] seen = new double[n];
        double[] leading = Faer.leading(a, n, threads, values -> {
            System.arraycopy(values, 0, seen, 0, n);
            return count;
        });
        assertThat(leading).hasSize(n + n * count).startsWith(seen);
        for (int q = 0; q < n; q++) {
            assertThat(leading[q]).isCloseTo(all[q], within(1e-10));
        }
        for (int q = 0; q < count; q++) {
            double cosine = 0;
            for (int i = 0; i < n; i++) {
                cosine += all[n + q * n + i] * leading[n + q * n + i];
            }
            for (int i = 0; i < n; i++) {
                assertThat(leading[n + q * n + i]).isCloseTo(Math.signum(cosine) * all[n + q * n + i], within(1e-8));
            }
        }
    }

    @Test
    void leading_emptyMatrix_isEmpty() {
        assertThat(Faer.leading(new double[0], 0, 2, values -> values.length)).isEmpty();
    }

    @Test
    void leading_callbackThrows_rethrowsTheSameException() {
        IllegalStateException thrown = new IllegalStateException();
        assertThatThrownBy(() -> Faer.leading(new double[] {1, 2, 2, 1}, 2, 1, values -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 2, 1, -1, LENGTH_MISMATCH",
        "4, 2, 1, 3, LENGTH_MISMATCH",
        "3, 2, 1, 1, LENGTH_MISMATCH",
        "4, 2, 0, 1, THREADS_OUT_OF_RANGE"
    })
    void leading_wrongArguments_typedException(
            int length, int n, int threads, int wanted, SpectrumException.Reason reason) {
        assertThatThrownBy(() -> Faer.leading(new double[length], n, threads, values -> wanted))
                .isInstanceOfSatisfying(
                        SpectrumException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}

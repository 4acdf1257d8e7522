package discreet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectrumTest {

    /**
     * Cyclic Jacobi rotations, which are slow, plain and independent of the native library. Returns
     * eigenvalues, then vectors by column.
     */
    private static double[][] jacobi(double[] symmetric, int n) {
        double[][] a = new double[n][n];
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(symmetric, i * n, a[i], 0, n);
            v[i][i] = 1;
        }
        for (int sweep = 0; sweep < 30; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    double theta = .5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
                    double cos = Math.cos(theta);
                    double sin = Math.sin(theta);
                    for (int k = 0; k < n; k++) {
                        double left = a[k][p];
                        a[k][p] = cos * left - sin * a[k][q];
                        a[k][q] = sin * left + cos * a[k][q];
                    }
                    for (int k = 0; k < n; k++) {
                        double up = a[p][k];
                        a[p][k] = cos * up - sin * a[q][k];
                        a[q][k] = sin * up + cos * a[q][k];
                        double left = v[k][p];
                        v[k][p] = cos * left - sin * v[k][q];
                        v[k][q] = sin * left + cos * v[k][q];
                    }
                }
            }
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = a[i][i];
        }
        return new double[][] {
            values, Arrays.stream(v).flatMapToDouble(Arrays::stream).toArray()
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 17, 60})
    void denoise_noisyMatrix_equalsThePlainJavaTwin(int order) {
        Random random = new Random(order);
        double sigma = .3;
        double[] triangle = new double[PackedTriangle.length(order)];
        double[] direction = random.doubles(order, -1, 1).toArray();
        for (int i = 0; i < order; i++) {
            for (int j = i + 1; j < order; j++) {
                triangle[PackedTriangle.rowBase(i, order) + j] =
                        3 * direction[i] * direction[j] + sigma * random.nextGaussian();
            }
        }
        Spectrum spectrum = Spectrum.denoise(triangle, order, sigma, 2);

        double[][] twin = jacobi(Spectrum.symmetric(triangle, order), order);
        double[] descending =
                Arrays.stream(twin[0]).map(x -> -x).sorted().map(x -> -x).toArray();
        double[] xi = Spectrum.shrink(descending, sigma);
        for (int component = 0; component < spectrum.rank(); component++) {
            assertThat(spectrum.eigenvalues()[component]).isCloseTo(xi[component], within(1e-9));
            // The vector is an eigenvector for that eigenvalue, G q = lambda q
            double[] matrix = Spectrum.symmetric(triangle, order);
            for (int i = 0; i < order; i++) {
                double product = 0;
                for (int j = 0; j < order; j++) {
                    product += matrix[i * order + j] * spectrum.vectors()[j * spectrum.rank() + component];
                }
                assertThat(product)
                        .isCloseTo(
                                descending[component] * spectrum.vectors()[i * spectrum.rank() + component],
                                within(1e-9));
            }
        }
        assertThat(spectrum.rank()).isLessThanOrEqualTo(order);
        if (spectrum.rank() < order) {
            assertThat(xi[spectrum.rank()]).isLessThanOrEqualTo(.02 * spectrum.bulk());
        }
    }

    @Test
    void denoise_pureNoise_shrinksTheLargestEigenvalueFarBelowTheBulk() {
        Random random = new Random(1);
        int order = 300;
        double[] noise = random.doubles(PackedTriangle.length(order))
                .map(ignored -> random.nextGaussian())
                .toArray();
        Spectrum spectrum = Spectrum.denoise(noise, order, 1, 2);
        // Its eigenvalues reach 2 b, and shrinkage must leave almost none of that
        assertThat(Arrays.stream(spectrum.eigenvalues()).boxed()).allMatch(xi -> xi < .5 * spectrum.bulk());
    }

    /**
     * Of 400 matrices of noise, at most 10 pass. Of 2,000 others none did at order 50. Even if one in 500
     * passed, a right limit would fail here with a probability below 1e-8. Without the limit nearly all would
     * pass.
     */
    @Test
    void standsOut_pureNoise_hardlyEver() {
        Random random = new Random(11);
        int order = 60;
        int passed = 0;
        int kept = 0;
        for (int draw = 0; draw < 400; draw++) {
            Spectrum spectrum = Spectrum.denoise(noise(random, order), order, 1, 1);
            passed += spectrum.standsOut() ? 1 : 0;
            kept += spectrum.rank() > 0 ? 1 : 0;
        }
        assertThat(passed).isLessThanOrEqualTo(10);
        assertThat(kept).isGreaterThan(300);
    }

    @Test
    void standsOut_plantedTaste_isSeen() {
        Random random = new Random(12);
        int order = 60;
        double[] triangle = noise(random, order);
        double entry = 5 * Math.sqrt(order) / 20; // 20 items share a taste of five times the bulk
        for (int i = 0; i < 20; i++) {
            for (int j = i + 1; j < 20; j++) {
                triangle[PackedTriangle.rowBase(i, order) + j] += entry;
            }
        }
        assertThat(Spectrum.denoise(triangle, order, 1, 1).standsOut()).isTrue();
        assertThat(Spectrum.denoise(new double[0], 0, 1, 1).standsOut()).isFalse();
    }

    private static double[] noise(Random random, int order) {
        return random.doubles(PackedTriangle.length(order))
                .map(ignored -> random.nextGaussian())
                .toArray();
    }

    @Test
    void denoise_fewerThanTwoItems_isEmpty() {
        assertThat(Spectrum.denoise(new double[0], 0, 1, 1).rank()).isZero();
        assertThat(Spectrum.denoise(new double[0], 1, 1, 1).rank()).isZero();
    }

    @Test
    void denoise_signs_makeTheLargestEntryPositive() {
        Spectrum spectrum = Spectrum.denoise(new double[] {-4, 1, 2}, 3, .01, 1);
        for (int component = 0; component < spectrum.rank(); component++) {
            double largest = 0;
            for (int position = 0; position < 3; position++) {
                double entry = spectrum.vectors()[position * spectrum.rank() + component];
                largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
            }
            assertThat(largest).isPositive();
        }
    }
}

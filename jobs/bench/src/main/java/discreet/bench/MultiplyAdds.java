package discreet.bench;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Measures how many multiply-adds of doubles per second the processors reach in Java when all data is in
 * their first-level caches. Scoring is a matrix product, and this is its upper limit.
 */
final class MultiplyAdds {
    private static final int LENGTH = 512;
    private static final int ROWS = 4;
    private static final int PASSES = 200_000;
    private static final double NANOS = 1e9;

    private MultiplyAdds() {}

    /**
     * Returns the rate of all processors together. It is the best of five passes, the first of which warm up
     * the compiler.
     */
    static double perSecond() {
        int processors = Runtime.getRuntime().availableProcessors();
        double best = 0;
        for (int time = 0; time < 5; time++) {
            long began = System.nanoTime();
            double sum = IntStream.range(0, processors)
                    .parallel()
                    .mapToDouble(seed -> run(seed))
                    .sum();
            double each = (double) processors * PASSES * ROWS * LENGTH * NANOS / (System.nanoTime() - began);
            best = sum > 0 ? Math.max(best, each) : best;
        }
        return best;
    }

    private static double run(int seed) {
        double[][] rows = new double[ROWS][LENGTH];
        for (double[] row : rows) {
            for (int i = 0; i < LENGTH; i++) {
                row[i] = 1.0 / (1 + i + seed);
            }
        }
        double[] sums = new double[LENGTH];
        for (int pass = 0; pass < PASSES; pass++) {
            add(sums, rows[0], rows[1], rows[2], rows[3], 1e-9 * pass);
        }
        return DoubleStream.of(sums).sum();
    }

    private static void add(
            double[] sums, double[] first, double[] second, double[] third, double[] fourth, double by) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i] + first[i] * by + second[i] * by + third[i] * by + fourth[i] * by;
        }
    }
}

package discreet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopKTest {
    private static long[] topK(long[] keys, int k) {
        TopK best = new TopK(k);
        for (long key : keys) {
            best.offer(key);
        }
        return best.decreasing();
    }

    private static long[] naive(long[] keys, int k) {
        return LongStream.of(keys)
                .boxed()
                .sorted(Comparator.reverseOrder())
                .limit(k)
                .mapToLong(Long::longValue)
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void decreasing_randomKeys_equalsTheSort(long seed) {
        Random random = new Random(seed);
        for (int turn = 0; turn < 200; turn++) {
            int size = random.nextInt(300);
            long[] keys = seed % 2 == 0
                    ? random.longs().distinct().limit(size).toArray()
                    : random.longs(-500, 500).distinct().limit(size).toArray();
            for (int k : List.of(0, 1, 2, 7, size / 2, size, size + 3)) {
                assertThat(topK(keys, k)).isEqualTo(naive(keys, k));
            }
        }
    }

    @Test
    void decreasing_sortedKeys_equalsTheSort() {
        long[] rising = LongStream.range(0, 1000).toArray();
        long[] falling = LongStream.range(0, 1000).map(key -> -key).toArray();
        assertThat(topK(rising, 10)).isEqualTo(naive(rising, 10));
        assertThat(topK(falling, 10)).isEqualTo(naive(falling, 10));
        assertThat(topK(new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 2))
                .containsExactly(Long.MAX_VALUE, Long.MIN_VALUE);
    }

    /** Sorts all keys, which the floor of the heap must not change. */
    private static int[] naive(double[] scores, int k) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(item -> -place(scores[item]))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static long place(double score) {
        return Math.max(-(1L << 30), Math.min(1L << 30, Math.round(score / 1e-6)));
    }

    /**
     * Offers scores slightly above and below every line of the grid and beyond both of its ends, in
     * falling, rising and random order.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-3, 1, -1, 1e3, 1073.741824, -1073.741824, 1e9, -1e9})
    void items_scoresAtTheLinesOfTheGrid_equalTheSort(double centre) {
        Random random = new Random(6);
        for (int turn = 0; turn < 100; turn++) {
            double[] scores = new double[300];
            for (int item = 0; item < scores.length; item++) {
                double line = centre + (random.nextInt(60) - 30) * .5e-6;
                scores[item] = switch (random.nextInt(3)) {
                    case 0 -> Math.nextUp(line);
                    case 1 -> Math.nextDown(line);
                    default -> line;
                };
            }
            if (turn % 3 > 0) {
                Arrays.sort(scores);
            }
            if (turn % 3 > 1) {
                reverse(scores);
            }
            for (int k : List.of(0, 1, 10, 100, 299, 300, 400)) {
                assertThat(best(scores, k)).isEqualTo(naive(scores, k));
            }
        }
    }

    @Test
    void items_nanScores_equalTheSort() {
        double[] scores = {Double.NaN, 1, Double.NEGATIVE_INFINITY, 2, Double.POSITIVE_INFINITY, -1, Double.NaN, -1e300
        };
        for (int k = 0; k <= scores.length; k++) {
            assertThat(best(scores, k)).isEqualTo(naive(scores, k));
        }
    }

    private static void reverse(double[] scores) {
        for (int low = 0, high = scores.length - 1; low < high; low++, high--) {
            double swap = scores[low];
            scores[low] = scores[high];
            scores[high] = swap;
        }
    }

    private static int[] best(double[] scores, int k) {
        TopK best = new TopK(k);
        for (int item = 0; item < scores.length; item++) {
            best.offer(scores[item], item);
        }
        return best.items();
    }
}

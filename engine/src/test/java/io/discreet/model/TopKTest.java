package io.discreet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
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
}

package discreet.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class TopIndicesTest {
    @RepeatedTest(50)
    void of_randomValuesWithTies_equalsSorting(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        float[] values = new float[1 + random.nextInt(60)];
        for (int at = 0; at < values.length; at++) {
            values[at] = random.nextInt(20) - 10;
        }
        int k = 1 + random.nextInt(values.length);

        int[] sorted = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(at -> -values[at]))
                .limit(k)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();

        assertThat(TopIndices.of(values, k, new float[values.length])).containsExactly(sorted);
    }
}

package discreet.history;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MostRecentItemsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void sorted_randomOffers_equalsSorting(long seed) {
        Random random = new Random(seed);
        Catalogue catalogue = Catalogue.of(
                IntStream.range(0, 60).mapToObj(i -> Item.of("i" + i)).toList());
        int most = 1 + random.nextInt(40);
        MostRecentItems fresh = new MostRecentItems(catalogue, most);
        for (int round = 0; round < 300; round++) {
            List<Integer> items = IntStream.range(0, 60).boxed().collect(Collectors.toList());
            Collections.shuffle(items, random);
            items = items.subList(0, random.nextInt(61));
            // Few times, so that ties are common.
            long[] times = random.longs(60, 0, 1 + random.nextInt(20)).toArray();
            int[] expected = items.stream()
                    .sorted(Comparator.<Integer>comparingLong(i -> -times[i]).thenComparingInt(catalogue::publicOrder))
                    .limit(most)
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();

            fresh.clear();
            items.forEach(i -> fresh.offer(i, times[i]));

            assertThat(fresh.sorted()).isEqualTo(expected);
        }
    }
}

package discreet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.RunException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.catalogue.ItemTags;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GramContextTest {
    private static final int ITEMS = 12;

    private static GramContext leaning() {
        double[] statistic =
                IntStream.range(0, ITEMS).mapToDouble(item -> 40.0 - 3 * item).toArray();
        ItemTags tags = ItemTags.of(Catalogue.of(IntStream.range(0, ITEMS)
                .mapToObj(item -> new Item("i" + (10 + item), null, List.of("g" + item % 3), Map.of()))
                .toList()));
        return GramContext.choose(statistic, 500, 5, .5, ITEMS).leaning(statistic, 2, tags, 1);
    }

    /** What is sealed with a matrix is what it was drawn over, and not what would be chosen today. */
    @Test
    void read_contextWithContent_isWhatWasWritten() {
        GramContext drawn = leaning();
        GramContext read = GramContext.read(drawn.json(), ITEMS);
        assertThat(drawn.content().rank()).isPositive();
        assertThat(read.content().rank()).isEqualTo(drawn.content().rank());
        for (int position = 0; position < drawn.head().size(); position++) {
            assertThat(read.head().item(position)).isEqualTo(drawn.head().item(position));
            assertThat(read.head().weight(position)).isEqualTo(drawn.head().weight(position));
            assertThat(read.head().direction(position)).isEqualTo(drawn.head().direction(position));
            for (int c = 0; c < drawn.content().rank(); c++) {
                assertThat(read.content().entry(position, c))
                        .isEqualTo(drawn.content().entry(position, c));
            }
        }
        assertThat(read.scale()).isEqualTo(drawn.scale());
    }

    @Test
    void read_contextWithTooFewDirections_isRefused() {
        String broken = leaning().json().replaceFirst("\"contentRank\":(\\d+)", "\"contentRank\":1$1");
        assertThatThrownBy(() -> GramContext.read(broken, ITEMS)).isInstanceOf(RunException.class);
    }
}

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

    private static GramContext contextWithContent() {
        double[] statistic =
                IntStream.range(0, ITEMS).mapToDouble(item -> 40.0 - 3 * item).toArray();
        ItemTags tags = ItemTags.of(Catalogue.of(IntStream.range(0, ITEMS)
                .mapToObj(item -> new Item("i" + (10 + item), null, List.of("g" + item % 3), Map.of()))
                .toList()));
        return GramContext.choose(Head.Rule.RANKING, statistic, 500, 5, .5, ITEMS)
                .withContent(statistic, 2, tags, 1);
    }

    /**
     * The file must hold what the matrix was measured over, which may differ from what would be chosen later.
     */
    @Test
    void read_contextWithContent_isWhatWasWritten() {
        GramContext written = contextWithContent();
        GramContext read = GramContext.read(written.json(), ITEMS);
        assertThat(written.content().rank()).isPositive();
        assertThat(read.content().rank()).isEqualTo(written.content().rank());
        for (int position = 0; position < written.head().size(); position++) {
            assertThat(read.head().item(position)).isEqualTo(written.head().item(position));
            assertThat(read.head().weight(position)).isEqualTo(written.head().weight(position));
            assertThat(read.head().direction(position)).isEqualTo(written.head().direction(position));
            for (int c = 0; c < written.content().rank(); c++) {
                assertThat(read.content().entry(position, c))
                        .isEqualTo(written.content().entry(position, c));
            }
        }
        assertThat(read.scale()).isEqualTo(written.scale());
    }

    @Test
    void read_contextWithTooFewDirections_isRefused() {
        String broken = contextWithContent().json().replaceFirst("\"contentRank\":(\\d+)", "\"contentRank\":1$1");
        assertThatThrownBy(() -> GramContext.read(broken, ITEMS)).isInstanceOf(RunException.class);
    }
}

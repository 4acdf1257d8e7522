package discreet.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTagsTest {

    private static Item item(String id, String title, String... genres) {
        return new Item(id, title, List.of(genres), Map.of());
    }

    @ParameterizedTest
    @CsvSource({"Toy Story (1995),1990s", "Alien 3 (1992) ,1990s", "Odyssey (2001),2000s"})
    void of_titleWithAYearAtItsEnd_hasItsDecade(String title, String decade) {
        assertThat(ItemTags.of(Catalogue.of(List.of(item("a", title)))).names()).containsExactly("decade " + decade);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1984", "2001: An Odyssey", "Brazil (director's cut)", "(1995) and after", "Long (19955)"})
    void of_titleWithoutYear_hasNoDecade(String title) {
        assertThat(ItemTags.of(Catalogue.of(List.of(item("a", title)))).count()).isZero();
    }

    @Test
    void of_namesOfAnotherCatalogue_keepsTheirNumbersAndLeavesOthersOut() {
        ItemTags old = ItemTags.of(Catalogue.of(List.of(item("a", "A", "Comedy"), item("b", "B", "War"))));
        ItemTags today = ItemTags.of(Catalogue.of(List.of(item("c", "C", "Western", "War", "War"))), old.names());
        assertThat(today.names()).isEqualTo(old.names());
        assertThat(today.of(0)).containsExactly(old.names().indexOf("genre War"));
        assertThat(today.indicators(0)).containsExactly(0, 1);
    }

    @Test
    void of_veryManyTags_retainsTheMostFrequent() {
        List<Item> items = new ArrayList<>();
        IntStream.range(0, 2 * ItemTags.MAX_TAGS).forEach(tag -> items.add(item("i" + tag, "T", "rare" + tag)));
        items.add(item("x", "T", "common"));
        items.add(item("y", "T", "common"));
        ItemTags tags = ItemTags.of(Catalogue.of(items));
        assertThat(tags.count()).isEqualTo(ItemTags.MAX_TAGS);
        assertThat(tags.names()).contains("genre common").isSorted();
    }

    @Test
    void digest_ofCatalogues_isEqualIfAndOnlyIfTagsAre() {
        Item other = item("b", "B (1950)", "War");
        String digest = ItemTags.of(Catalogue.of(List.of(item("a", "A", "War", "Comedy"), other)))
                .digest();
        assertThat(ItemTags.of(Catalogue.of(List.of(item("a", "Renamed", "Comedy", "War"), other)))
                        .digest())
                .isEqualTo(digest);
        assertThat(ItemTags.of(Catalogue.of(List.of(item("a", "A", "Comedy"), other)))
                        .digest())
                .isNotEqualTo(digest);
        assertThat(ItemTags.of(Catalogue.of(List.of(item("a", "A (1951)", "War", "Comedy"), other)))
                        .digest())
                .isNotEqualTo(digest);
    }
}

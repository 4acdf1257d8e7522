package discreet.spark.ratings;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemIndexTest {
    private static final List<String> LETTERS = List.of("a", "b", "ü", "\u0000", "\uD83C\uDFAC", " ");

    /** Returns up to five letters, so that many ids share a prefix or are in the catalogue. */
    private static String id(Random random) {
        StringBuilder id = new StringBuilder();
        for (int letters = 1 + random.nextInt(5); letters > 0; letters--) {
            id.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return id.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 100, 5_000})
    void of_anyId_equalsTheCatalogue(int size) {
        Random random = new Random(size);
        Catalogue catalogue = Catalogue.of(
                Stream.generate(() -> Item.of(id(random))).limit(size).toList());
        ItemIndex.Table table = new ItemIndex(catalogue).table();
        for (int item = 0; item < catalogue.size(); item++) {
            assertThat(table.of(UTF8String.fromString(catalogue.id(item)))).isEqualTo(item);
        }
        for (int times = 0; times < 2_000; times++) {
            String id = id(random);
            assertThat(table.of(UTF8String.fromString(id))).isEqualTo(catalogue.indexOf(id));
        }
    }

    @Test
    void of_idInvalidInUtf8_isNotFoundAsAnother() {
        ItemIndex.Table table = new ItemIndex(Catalogue.of(List.of(Item.of("\uD800"), Item.of("a")))).table();

        assertThat(table.of(UTF8String.fromString("?"))).isEqualTo(Histories.ABSENT);
        assertThat(table.of(UTF8String.fromString("a"))).isZero();
    }
}

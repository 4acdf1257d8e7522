package discreet.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemFilterTest {
    private static final Item BOTH = new Item("b", "Amélie", List.of("Comedy", "Romance"), Map.of("language", "fr|nl"));
    private static final Item SILENT = Item.of("s");

    @ParameterizedTest
    @CsvSource({
        "genre=Comedy, true, false",
        "genres=Comedy, true, false",
        "genre=comedy, false, false",
        "genre=Horror|Romance, true, false",
        "genre=Horror, false, false",
        "genre!=Horror, true, true",
        "genre!=Horror|Comedy, false, true",
        "language=nl, true, false",
        "language = de | fr , true, false",
        "language!=fr, false, true",
        "title=Amélie, true, false",
        "genre=a=b, false, false",
    })
    void test_condition_holdsOrNot(String condition, boolean both, boolean silent) {
        ItemFilter filter = ItemFilter.parse(condition);

        assertThat(filter.test(BOTH)).isEqualTo(both);
        assertThat(filter.test(SILENT)).isEqualTo(silent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "genre", "=Comedy", "!=Comedy", "genre=", "genre!=", "genre=|", " = "})
    void parse_noCondition_explainsTheSyntax(String text) {
        assertThatThrownBy(() -> ItemFilter.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("genre=Comedy|Drama");
    }

    @Test
    void check_unknownColumn_namesTheExistingOnes() {
        Catalogue catalogue = Catalogue.of(List.of(BOTH, SILENT));

        ItemFilter.parse("language!=fr").check(catalogue);
        assertThatThrownBy(() -> ItemFilter.parse("langauge=fr").check(catalogue))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'langauge'")
                .hasMessageContaining("genre, language");
        assertThatThrownBy(() -> ItemFilter.parse("genre=Comedy").check(Catalogue.of(List.of(SILENT))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("`items`");
    }
}

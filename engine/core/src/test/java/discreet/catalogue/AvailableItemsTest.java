package discreet.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import discreet.InputException;
import discreet.SyntheticModel;
import discreet.history.UserHistory;
import discreet.model.RankingModel;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AvailableItemsTest {
    private static final Catalogue KNOWN = Catalogue.of(List.of(
            new Item("a", "Old title", List.of("Comedy"), Map.of()),
            new Item("b", null, List.of("Horror"), Map.of()),
            Item.of("gone")));
    private static final Catalogue CURRENT = Catalogue.of(List.of(
            new Item("a", "New title", List.of("Drama"), Map.of()),
            Item.of("aa"),
            new Item("b", null, List.of(), Map.of())));

    private static List<String> offered(AvailableItems availableItems) {
        Catalogue catalogue = availableItems.catalogue();
        ListRules rules = availableItems.rules(catalogue.size(), 0);
        return IntStream.range(0, catalogue.size())
                .filter(rules::allows)
                .mapToObj(catalogue::id)
                .toList();
    }

    @Test
    void of_currentCatalogue_offersItAndKnowsTheRest() {
        AvailableItems both = AvailableItems.of(KNOWN, CURRENT);

        assertThat(both.catalogue().items()).extracting(Item::id).containsExactly("a", "aa", "b", "gone");
        assertThat(both.catalogue().item(0).title()).isEqualTo("New title");
        assertThat(offered(both)).containsExactly("a", "aa", "b");
        assertThat(both.rules(5, 2).allows(3)).isFalse();
        assertThat(both.rules(5, 2))
                .extracting(ListRules::length, ListRules::reserved)
                .containsExactly(5, 2);
        assertThat(AvailableItems.of(KNOWN).rules(5, 0).isPlain()).isTrue();
    }

    @Test
    void where_andWithout_takeItemsAway() {
        AvailableItems all = AvailableItems.of(KNOWN);

        assertThat(offered(all.where(List.of()))).containsExactly("a", "b", "gone");
        assertThat(offered(all.where(List.of(ItemFilter.parse("genre!=Horror")))))
                .containsExactly("a", "gone");
        assertThat(offered(all.where(List.of(ItemFilter.parse("genre!=Horror"), ItemFilter.parse("genre=Comedy")))))
                .containsExactly("a");
        assertThat(offered(all.without(Catalogue.of(List.of(Item.of("a"), Item.of("unknown"))))))
                .containsExactly("b", "gone");
    }

    @Test
    void where_noItemLeft_isRefused() {
        assertThatThrownBy(() -> AvailableItems.of(KNOWN).where(List.of(ItemFilter.parse("genre=comedy"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no item");
        assertThatThrownBy(() -> AvailableItems.of(KNOWN).without(KNOWN)).isInstanceOf(InputException.class);
    }

    /** A run that was stopped resumes only if the description of its rules is the same. */
    @Test
    void where_condition_changesTheDescriptionOfTheRules() {
        AvailableItems all = AvailableItems.of(KNOWN);

        assertThat(all.where(List.of(ItemFilter.parse("genre!=Horror")))
                        .rules(5, 0)
                        .describe())
                .isNotEqualTo(all.rules(5, 0).describe());
    }

    /** Ledgers and unfinished lists hold these names and values, in this order. */
    @Test
    void describe_rules_isWhatLedgersHold() {
        assertThat(ListRules.ofLength(5).describe())
                .containsExactly(entry("reserved", 0), entry("allowed", "all"), entry("seen", "left out"));
        assertThat(new ListRules(5, BitSet.valueOf(new byte[] {5}), 2, true).describe())
                .containsExactly(
                        entry("reserved", 2),
                        entry("allowed", "e77b9a9ae9e30b0dbdb6f510a264ef9de781501d7b6b92ae89eb059c5ab743db"),
                        entry("seen", "listed"));
    }

    /** Items that are gone have a genre, but a condition on it would have no effect on lists. */
    @Test
    void where_columnOfRemovedItemsOnly_isRefused() {
        AvailableItems today = AvailableItems.of(KNOWN, Catalogue.of(List.of(Item.of("aa"))));
        assertThatThrownBy(() -> today.where(List.of(ItemFilter.parse("genre!=Horror"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'genre'");
    }

    /** A newer catalogue only changes indices. Every user's list is the same without the new items. */
    @Test
    void over_widerCatalogue_listsTheSameItems() {
        RankingModel model = SyntheticModel.of(100, 60, 6, 0, 3);
        Catalogue newer = Catalogue.of(IntStream.range(0, 50)
                .mapToObj(item -> Item.of("id-%06d-new".formatted(3 * item)))
                .toList());
        AvailableItems all = AvailableItems.of(model.catalogue(), newer.with(model.catalogue()));
        RankingModel wide = model.over(all.catalogue());
        assertThat(wide.catalogue().size()).isEqualTo(150);
        Random random = new Random(4);
        for (int user = 0; user < 20; user++) {
            int[] history = SyntheticModel.history(100, random.nextInt(30), random);
            int[] indices = IntStream.of(history)
                    .map(item -> wide.catalogue().indexOf(model.catalogue().id(item)))
                    .toArray();
            List<String> narrow = model.scorer().recommend(history, 60).stream()
                    .map(recommendation -> model.catalogue().id(recommendation.item()))
                    .toList();
            assertThat(wide.scorer()
                            .recommend(
                                    UserHistory.ofItems(indices),
                                    all.without(newer).rules(60, 0)))
                    .extracting(recommendation -> wide.catalogue().id(recommendation.item()))
                    .containsExactlyElementsOf(narrow);
        }
    }

    @Test
    void over_catalogueThatLacksAnItem_isRefused() {
        RankingModel model = SyntheticModel.of(10, 5, 2, 0, 3);
        assertThatThrownBy(() -> model.over(SyntheticModel.catalogue(9))).isInstanceOf(IllegalArgumentException.class);
    }
}

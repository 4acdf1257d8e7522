package discreet.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static Catalogue ids(String... ids) {
        return Catalogue.of(Stream.of(ids).map(Item::of).toList());
    }

    @Test
    void of_unsortedWithRepeats_isSortedAndKeepsTheFirst() {
        Catalogue catalogue = Catalogue.of(List.of(
                new Item("b", "first", List.of(), Map.of()),
                Item.of("a"),
                new Item("b", "second", List.of(), Map.of())));

        assertThat(catalogue.items()).extracting(Item::id).containsExactly("a", "b");
        assertThat(catalogue.item(1).title()).isEqualTo("first");
        assertThat(catalogue.size()).isEqualTo(2);
    }

    @Test
    void indexOf_everyItem_isItsIndex() {
        // "Aa" and "BB" have one hash code; 5,000 random ids fill the table as full as it gets.
        Random random = new Random(7);
        List<Item> items = new ArrayList<>(List.of(Item.of("Aa"), Item.of("BB"), Item.of("AaAa"), Item.of("BBBB")));
        random.ints(5_000, 0, 1 << 20).forEach(i -> items.add(Item.of("i" + i)));
        Catalogue catalogue = Catalogue.of(items);

        assertThat(IntStream.range(0, catalogue.size())).allMatch(i -> catalogue.indexOf(catalogue.id(i)) == i);
        assertThat(Stream.of("", "AaBB", "i-1", "\u0000", "\uD800").mapToInt(catalogue::indexOf))
                .containsOnly(-1);
    }

    @Test
    void indexOf_emptyCatalogue_isAbsent() {
        assertThat(Catalogue.of(List.of()).indexOf("a")).isEqualTo(-1);
    }

    @Test
    void publicOrder_isTheOrderOfSha256() throws Exception {
        Catalogue catalogue = Catalogue.of(
                IntStream.range(0, 200).mapToObj(i -> Item.of("item-" + i)).toList());
        Map<String, BigInteger> hashes = new HashMap<>();
        for (Item item : catalogue.items()) {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(item.id().getBytes(UTF_8));
            hashes.put(item.id(), new BigInteger(1, digest).shiftRight(192));
        }
        List<String> expected = catalogue.items().stream()
                .map(Item::id)
                .sorted(Comparator.comparing(hashes::get))
                .toList();

        List<String> byRank = IntStream.range(0, catalogue.size())
                .boxed()
                .sorted(Comparator.comparingInt(catalogue::publicOrder))
                .map(catalogue::id)
                .toList();

        assertThat(byRank).isEqualTo(expected);
        assertThat(IntStream.range(0, catalogue.size())
                        .map(catalogue::publicOrder)
                        .sorted())
                .containsExactlyElementsOf(
                        IntStream.range(0, catalogue.size()).boxed().toList());
    }

    @Test
    void serialised_comesBackEqual() throws Exception {
        Catalogue catalogue = Catalogue.of(List.of(
                new Item("ü\u0000", "A title, \"quoted\"", List.of("Drama", "War"), Map.of("year", "1999", "a", "b")),
                Item.of("x"),
                Item.of("y")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(catalogue);
        }

        Catalogue back;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            back = (Catalogue) in.readObject();
        }

        assertThat(back).isEqualTo(catalogue).hasSameHashCodeAs(catalogue);
        assertThat(back.indexOf("y")).isEqualTo(catalogue.indexOf("y"));
        assertThat(IntStream.range(0, 3).map(back::publicOrder))
                .containsExactly(IntStream.range(0, 3)
                        .map(catalogue::publicOrder)
                        .boxed()
                        .toArray(Integer[]::new));
    }

    @Test
    void digest_dependsOnIdsAndTheirBoundsOnly() {
        assertThat(ids("ab", "c").digest())
                .hasSize(64)
                .isNotEqualTo(ids("a", "bc").digest());
        assertThat(ids("b", "a").digest()).isEqualTo(ids("a", "b").digest());
        assertThat(Catalogue.of(List.of(new Item("a", "t", List.of("g"), Map.of("k", "v"))))
                        .digest())
                .isEqualTo(ids("a").digest());
    }

    @Test
    void item_withoutId_isRefused() {
        assertThatThrownBy(() -> Item.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}

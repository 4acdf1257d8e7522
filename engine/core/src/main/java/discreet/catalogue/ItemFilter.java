package discreet.catalogue;

import discreet.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tests a condition on the public description of an item, such as {@code genre=Comedy},
 * {@code language=fr|nl} (one of them) or {@code genre!=Horror|War} (none of them). Names are {@code genre},
 * {@code title}, or any other column of the catalogue, and {@code genres} means {@code genre}. Values are
 * compared literally, and spaces around them are ignored. A column may hold several values, separated by
 * {@code |}. A title is compared whole, without splitting at {@code |}. An item without a value meets every
 * {@code !=} and no {@code =}.
 */
public final class ItemFilter implements Predicate<Item> {
    private static final String GENRE = "genre";
    private static final String GENRES = "genres";
    private static final String TITLE = "title";
    private static final int MAX_SHOWN = 20;

    private final String text;
    private final String column;
    private final boolean negated;
    private final Set<String> values;

    private ItemFilter(String text, String column, boolean negated, Set<String> values) {
        this.text = text;
        this.column = column;
        this.negated = negated;
        this.values = values;
    }

    /**
     * Parses a condition.
     *
     * @throws InputException if the text is not a condition
     */
    public static ItemFilter parse(String text) {
        int equals = text.indexOf('=');
        boolean negated = equals > 0 && text.charAt(equals - 1) == '!';
        String column = equals < 0
                ? ""
                : text.substring(0, negated ? equals - 1 : equals).strip();
        Set<String> values =
                equals < 0 ? Set.of() : split(text.substring(equals + 1)).collect(Collectors.toUnmodifiableSet());
        if (column.isEmpty() || values.isEmpty()) {
            throw new InputException("Cannot filter by '" + text
                    + "': a condition is COLUMN=VALUE or COLUMN!=VALUE, with | between alternatives. Write it like"
                    + " 'genre=Comedy|Drama' or 'genre!=Horror'.");
        }
        return new ItemFilter(text, column.equals(GENRES) ? GENRE : column, negated, values);
    }

    private static Stream<String> split(String values) {
        return Arrays.stream(values.split("\\|")).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * Refuses a column that no item has. A misspelt name would otherwise empty every list, or have no effect.
     *
     * @throws InputException if no item has a value in the column
     */
    void check(Catalogue catalogue) {
        if (catalogue.items().stream().noneMatch(item -> values(item).findAny().isPresent())) {
            List<String> columns = new ArrayList<>();
            if (catalogue.items().stream().anyMatch(item -> !item.genres().isEmpty())) {
                columns.add(GENRE);
            }
            catalogue.items().stream()
                    .flatMap(item -> item.metadata().keySet().stream())
                    .distinct()
                    .sorted()
                    .limit(MAX_SHOWN)
                    .forEach(columns::add);
            throw new InputException(
                    "Cannot filter by '" + text + "': no item of the catalogue has a '" + column + "'. "
                            + (columns.isEmpty()
                                    ? "It has no column to filter by. Name a catalogue that has one (`items`)."
                                    : "It has " + String.join(", ", columns) + "."));
        }
    }

    /** Returns whether an item meets the condition. */
    @Override
    public boolean test(Item item) {
        return values(item).anyMatch(values::contains) != negated;
    }

    private Stream<String> values(Item item) {
        String other = item.metadata().get(column);
        Stream<String> metadata = other == null ? Stream.empty() : split(other);
        if (column.equals(GENRE)) {
            return Stream.concat(item.genres().stream(), metadata);
        }
        return column.equals(TITLE) && item.title() != null ? Stream.of(item.title()) : metadata;
    }

    @Override
    public String toString() {
        return text;
    }
}

package discreet.catalogue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An item of the public catalogue.
 *
 * @param id what ratings name it by; never empty
 * @param title what people call it, where the catalogue says
 * @param genres its genres in the catalogue's order, possibly none
 * @param metadata every other column of the catalogue by name (ordered by name), empty values left out
 */
public record Item(String id, @Nullable String title, List<String> genres, Map<String, String> metadata) {

    public Item {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("An item's id must not be empty");
        }
        genres = List.copyOf(genres);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** An item known by its id alone. */
    public static Item of(String id) {
        return new Item(id, null, List.of(), Map.of());
    }

    /** What to show to people: the title, or the id where there is none. */
    public String label() {
        return title == null ? id : title;
    }
}

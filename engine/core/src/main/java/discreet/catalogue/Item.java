package discreet.catalogue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Describes an item of the public catalogue.
 *
 * @param id identifies the item in ratings, never empty
 * @param title name for display, or null if the catalogue has none
 * @param genres its genres in the catalogue's order, possibly none
 * @param metadata every other column of the catalogue by name (ordered by name), without empty values
 */
public record Item(String id, @Nullable String title, List<String> genres, Map<String, String> metadata) {

    public Item {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("An item's id must not be empty");
        }
        genres = List.copyOf(genres);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** Creates an item with an id only. */
    public static Item of(String id) {
        return new Item(id, null, List.of(), Map.of());
    }

    /** Returns the text to display, which is the title or else the id. */
    public String label() {
        return title == null ? id : title;
    }
}

package discreet.spark.check;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Counts ids of items that are in the catalogue in another spelling.
 *
 * @param difference between the spellings
 * @param ids number of such ids
 * @param examples a few of them, each with the catalogue's spelling
 */
public record LookAlikes(Difference difference, int ids, Map<String, String> examples) {

    /** Names a difference between two spellings of an id. */
    public enum Difference {
        SPACES("spaces around it", String::strip),
        LETTER_CASE("upper and lower case", id -> id.toLowerCase(Locale.ROOT)),
        ZEROS("zeros in front", LookAlikes::withoutZeros),
        FRACTION("a fraction of a whole number, such as 7.0", LookAlikes::withoutFraction),
        UNICODE("letters with accents, composed or not", LookAlikes::composed),
        SEVERAL("more than one of these", LookAlikes::canonical);

        private final String words;
        private final UnaryOperator<String> removal;

        Difference(String words, UnaryOperator<String> removal) {
            this.words = words;
            this.removal = removal;
        }

        /** Returns the difference in words. */
        public String words() {
            return words;
        }

        private boolean explains(String one, String other) {
            return removal.apply(one).equals(removal.apply(other));
        }
    }

    /** Finds ids that are in the catalogue in another spelling. */
    static List<LookAlikes> of(Collection<String> unlisted, Catalogue catalogue) {
        Map<String, String> spellings = new HashMap<>();
        for (Item item : catalogue.items()) {
            spellings.putIfAbsent(canonical(item.id()), item.id());
        }
        Map<Difference, Map<String, String>> found = new TreeMap<>();
        for (String id : unlisted) {
            String listed = spellings.get(canonical(id));
            if (listed != null) {
                found.computeIfAbsent(difference(id, listed), any -> new TreeMap<>())
                        .put(id, listed);
            }
        }
        List<LookAlikes> all = new ArrayList<>();
        found.forEach((difference, pairs) -> {
            Map<String, String> examples = new TreeMap<>();
            pairs.entrySet().stream()
                    .limit(CsvCounts.EXAMPLES)
                    .forEach(pair -> examples.put(pair.getKey(), pair.getValue()));
            all.add(new LookAlikes(difference, pairs.size(), examples));
        });
        return List.copyOf(all);
    }

    private static Difference difference(String one, String other) {
        for (Difference difference : Difference.values()) {
            if (difference.explains(one, other)) {
                return difference;
            }
        }
        return Difference.SEVERAL;
    }

    private static String canonical(String id) {
        return withoutZeros(withoutFraction(composed(id.strip()).toLowerCase(Locale.ROOT)));
    }

    private static String composed(String id) {
        return Normalizer.normalize(id, Normalizer.Form.NFC);
    }

    private static String withoutZeros(String id) {
        int first = 0;
        while (first + 1 < id.length() && id.charAt(first) == '0' && Character.isDigit(id.charAt(first + 1))) {
            first++;
        }
        return id.substring(first);
    }

    private static String withoutFraction(String id) {
        int point = id.lastIndexOf('.');
        boolean isWhole = point > 0
                && point + 1 < id.length()
                && id.chars().limit(point).allMatch(Character::isDigit)
                && id.chars().skip(point + 1).allMatch(digit -> digit == '0');
        return isWhole ? id.substring(0, point) : id;
    }
}

package discreet.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.files.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Derives tags from the public catalogue, one for each genre and one for the decade of the year at the end of
 * a title, such as {@code Toy Story (1995)}. Tags are public, so learning over tags from released values
 * costs no privacy.
 *
 * <p>Tags are numbered in the order of their names. Only the {@value #MAX_TAGS} tags that most items have
 * count, because systems of that size are solved, also for each user. An item without genres and without a
 * year has no tags.
 */
public final class ItemTags {
    /** Largest number of tags. */
    static final int MAX_TAGS = 500;

    private static final Pattern YEAR = Pattern.compile("\\((\\d{3})\\d\\)\\s*$");

    private final List<String> names;
    private final int[][] tags;

    private ItemTags(List<String> names, int[][] tags) {
        this.names = names;
        this.tags = tags;
    }

    /** Returns the tags of a catalogue. */
    public static ItemTags of(Catalogue catalogue) {
        Map<String, Integer> items = new TreeMap<>();
        for (Item item : catalogue.items()) {
            for (String name : Set.copyOf(names(item))) {
                items.merge(name, 1, Integer::sum);
            }
        }
        return of(
                catalogue,
                items.keySet().stream()
                        .sorted(Comparator.<String>comparingInt(items::get)
                                .reversed()
                                .thenComparing(Comparator.naturalOrder()))
                        .limit(MAX_TAGS)
                        .sorted()
                        .toList());
    }

    /**
     * Returns the tags of a catalogue, numbered as in another one. A model that was learned over the tags of
     * one catalogue thus applies to a newer one.
     *
     * @param names tags by number, distinct. Other tags are left out.
     */
    static ItemTags of(Catalogue catalogue, List<String> names) {
        Map<String, Integer> numbers = new TreeMap<>();
        for (String name : names) {
            numbers.put(name, numbers.size());
        }
        int[][] tags = new int[catalogue.size()][];
        for (int item = 0; item < tags.length; item++) {
            tags[item] = names(catalogue.item(item)).stream()
                    .filter(numbers::containsKey)
                    .mapToInt(numbers::get)
                    .distinct()
                    .sorted()
                    .toArray();
        }
        return new ItemTags(List.copyOf(names), tags);
    }

    private static List<String> names(Item item) {
        List<String> names = new ArrayList<>();
        item.genres().forEach(genre -> names.add("genre " + genre));
        if (item.title() != null) {
            Matcher year = YEAR.matcher(item.title());
            if (year.find()) {
                names.add("decade " + year.group(1) + "0s");
            }
        }
        return names;
    }

    /**
     * Returns the SHA-256 (hexadecimal) over the names and over the tags of each item. Everything learned
     * over tags depends on these alone.
     */
    public String digest() {
        MessageDigest sha = Sha256.digest();
        sha.update(names.toString().getBytes(UTF_8));
        for (int[] ofItem : tags) {
            sha.update(Arrays.toString(ofItem).getBytes(UTF_8));
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    /** Returns the number of tags. */
    public int count() {
        return names.size();
    }

    /** Returns the number of items in the catalogue. */
    public int items() {
        return tags.length;
    }

    /** Returns the names by number, such as {@code genre Comedy} or {@code decade 1990s}. */
    public List<String> names() {
        return names;
    }

    /** Returns the numbers of an item's tags, ascending. */
    public int[] of(int item) {
        return tags[item].clone();
    }

    /** Returns 1 for each tag that an item has and 0 for each other one, in order of number. */
    public double[] indicators(int item) {
        double[] row = new double[names.size()];
        Arrays.stream(tags[item]).forEach(tag -> row[tag] = 1);
        return row;
    }
}

package discreet.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * What the public catalogue says about its items, as tags: each genre, and the decade of the year at the end of a title, such as
 * {@code Toy Story (1995)}. Public, so whatever is learned over tags from released values costs nothing.
 *
 * <p>Tags are numbered in the order of their names. Of a catalogue with very many of them the {@value #MOST} count that most items have:
 * systems of that size are solved, for each person, too. An item without genres and without a year has none.
 */
public final class ItemTags {
    /** More do not count. */
    static final int MOST = 500;

    private static final Pattern YEAR = Pattern.compile("\\((\\d{3})\\d\\)\\s*$");

    private final List<String> names;
    private final int[][] tags;

    private ItemTags(List<String> names, int[][] tags) {
        this.names = names;
        this.tags = tags;
    }

    /** The tags of a catalogue. */
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
                        .limit(MOST)
                        .sorted()
                        .toList());
    }

    /**
     * The tags of a catalogue among those of another one: what is learned over the tags of one catalogue applies to a newer one.
     *
     * @param names tags by number, distinct; others are left out
     */
    public static ItemTags of(Catalogue catalogue, List<String> names) {
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

    /** SHA-256 (hexadecimal) over the names and over the tags of each item: what is learned over tags depends on them alone. */
    public String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(names.toString().getBytes(UTF_8));
            for (int[] ofItem : tags) {
                sha.update(Arrays.toString(ofItem).getBytes(UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Number of tags. */
    public int count() {
        return names.size();
    }

    /** Number of items of the catalogue. */
    public int items() {
        return tags.length;
    }

    /** Names by number, such as {@code genre Comedy} or {@code decade 1990s}. */
    public List<String> names() {
        return names;
    }

    /** The tags of an item, ascending. */
    public int[] of(int item) {
        return tags[item].clone();
    }

    /** One indicator a tag, in order of number. */
    public double[] indicators(int item) {
        double[] row = new double[names.size()];
        Arrays.stream(tags[item]).forEach(tag -> row[tag] = 1);
        return row;
    }
}

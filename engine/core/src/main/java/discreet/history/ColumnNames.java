package discreet.history;

import discreet.InputException;
import discreet.files.CsvHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps the declared columns to those that the data has.
 *
 * @param defaults default names of the columns found, in the order user, item, rating, timestamp
 * @param actual names of these columns in the data, in the same order
 */
public record ColumnNames(List<String> defaults, List<String> actual) {
    /**
     * Looks the declared columns up among the names in the data.
     *
     * <p>The first line of a CSV file without a header is some user's row. Errors therefore show names only
     * if a declared name is among them, because only then they certainly are a header.
     */
    public static ColumnNames find(String path, List<String> names, RatingColumns columns) {
        List<String> defaults = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> declared = List.of(columns.user(), columns.item(), columns.rating(), columns.timestamp());
        boolean[] required = {true, true, columns.ratingRequired(), columns.timestampRequired()};
        List<String> canonical = List.of("user", "item", "rating", "timestamp");
        List<String> parameters = List.of("`userCol`", "`itemCol`", "`ratingCol`", "`timestampCol`");
        for (int i = 0; i < declared.size(); i++) {
            String name = declared.get(i);
            if (names.contains(name)) {
                if (names.indexOf(name) != names.lastIndexOf(name)) {
                    throw new InputException("Cannot read ratings from " + path + ": it has more than one column '"
                            + name + "'. Rename all but one.");
                }
                defaults.add(canonical.get(i));
                actual.add(name);
            } else if (required[i]) {
                missing.add("'" + name + "' (" + parameters.get(i) + ")");
            }
        }
        if (!missing.isEmpty()) {
            String why = actual.isEmpty()
                    ? "its first line, or its schema, names none of the columns that were asked for"
                    : "it has no column " + String.join(", ", missing) + ", only " + CsvHeader.shown(names);
            throw new InputException("Cannot read ratings from " + path + ": " + why
                    + ". Give it a header, or say what its columns are called: missing are "
                    + String.join(", ", missing)
                    + ".");
        }
        return new ColumnNames(List.copyOf(defaults), List.copyOf(actual));
    }
}

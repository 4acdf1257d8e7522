package discreet.history;

import discreet.InputException;
import discreet.files.CsvHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Maps the declared columns to those that the data has.
 *
 * @param defaults default names of the columns found, in the order user, item, rating, timestamp
 * @param actual names of these columns in the data, in the same order
 */
public record ColumnNames(List<String> defaults, List<String> actual) {
    private static final List<String> DEFAULTS = RatingColumns.DEFAULT.names();
    private static final List<String> PARAMETERS = List.of("`userCol`", "`itemCol`", "`ratingCol`", "`timestampCol`");

    /**
     * Looks the declared columns up among the names in a schema.
     *
     * @throws InputException if a column is missing, or is there twice, or a column of ratings or times is
     *     there under another case
     */
    public static ColumnNames find(String path, List<String> names, RatingColumns columns) {
        return find(path, names, columns, true);
    }

    /**
     * Looks the declared columns up among the names in the first line of CSV files. Without a header this
     * line is some user's row. Errors therefore show its fields only if two declared names are among them,
     * because only then it certainly is a header.
     *
     * @throws InputException as {@link #find(String, List, RatingColumns)}
     */
    static ColumnNames inHeader(String path, List<String> names, RatingColumns columns) {
        boolean isCertain =
                columns.names().stream().filter(names::contains).limit(2).count() == 2;
        return find(path, names, columns, isCertain);
    }

    private static ColumnNames find(String path, List<String> names, RatingColumns columns, boolean isCertain) {
        List<String> defaults = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        List<Integer> absent = new ArrayList<>();
        for (int i = 0; i < DEFAULTS.size(); i++) {
            String name = columns.names().get(i);
            if (!names.contains(name)) {
                absent.add(i);
                continue;
            }
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new InputException("Cannot read ratings from " + path + ": it has more than one column '" + name
                        + "'. Rename all but one.");
            }
            defaults.add(DEFAULTS.get(i));
            actual.add(name);
        }
        requireAll(path, names, columns, absent, isCertain);
        return new ColumnNames(List.copyOf(defaults), List.copyOf(actual));
    }

    private static void requireAll(
            String path, List<String> names, RatingColumns columns, List<Integer> absent, boolean isCertain) {
        boolean[] required = {true, true, columns.ratingRequired(), columns.timestampRequired()};
        List<String> missing = new ArrayList<>();
        for (int i : absent) {
            String name = columns.names().get(i);
            Optional<String> other =
                    names.stream().filter(known -> known.equalsIgnoreCase(name)).findFirst();
            if (other.isPresent()) {
                // The only name shown is one that was asked for, so it is not a value of a row.
                throw new InputException("Cannot read ratings from " + path + ": it has a column '" + other.get()
                        + "' and no column '" + name + "'. Name the column with " + PARAMETERS.get(i)
                        + ", or leave it out of the data or of what is read (`ignoreColumns`).");
            }
            if (required[i]) {
                missing.add("'" + name + "' (" + PARAMETERS.get(i) + ")");
            }
        }
        if (!missing.isEmpty()) {
            throw new InputException("Cannot read ratings from " + path + ": "
                    + (isCertain
                            ? "it has no column " + String.join(", ", missing) + ", only " + CsvHeader.shown(names)
                                    + ". Say what the column is called."
                            : "its first line does not name the column " + String.join(", ", missing)
                                    + ". A CSV file begins with the names of its columns, with commas, tabs,"
                                    + " semicolons or bars between them. Give it such a line, or say what its columns"
                                    + " are called."));
        }
    }
}

package discreet.history;

import java.util.Set;

/**
 * Says where files of ratings are and how they are read.
 *
 * @param path a file, a folder with everything below it, or a glob of these
 * @param columns names of the columns
 * @param ignoredColumns columns of the files that are not used. A CSV file may have no other columns beyond
 *     those that are used, because a line break in a column of free text would begin a row of another user
 * @param isMultiline whether a quoted field of CSV may span lines. Its writer is then trusted to quote, and
 *     any column may be there
 */
public record RatingsInput(String path, RatingColumns columns, Set<String> ignoredColumns, boolean isMultiline) {
    public RatingsInput {
        ignoredColumns = Set.copyOf(ignoredColumns);
    }

    /** Reads files without columns to ignore, in which a line of CSV is a record. */
    public RatingsInput(String path, RatingColumns columns) {
        this(path, columns, Set.of(), false);
    }

    /** Returns the same way of reading for other files. */
    public RatingsInput at(String otherPath) {
        return new RatingsInput(otherPath, columns, ignoredColumns, isMultiline);
    }
}

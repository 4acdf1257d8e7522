package discreet.history;

import discreet.InputException;
import discreet.files.CsvHeader;
import discreet.files.CsvLine;
import discreet.files.DataFiles;
import discreet.files.LineScanner;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * Gives the positions of the columns of ratings in the lines of CSV files
 * (docs/decisions/003-own-csv-lines.md). All files have the same header, and every line equal to it is
 * skipped.
 *
 * @param header the header line
 * @param user position of user ids
 * @param item position of item ids, or -1 if only users are read
 * @param rating position of ratings, or -1 if there are none
 * @param timestamp position of times, or -1 if there are none
 */
public record CsvLayout(String header, int user, int item, int rating, int timestamp) implements Serializable {
    private static final int NONE = -1;

    /**
     * Reads the header and finds the columns.
     *
     * @throws InputException if a file cannot be read, the headers differ, or a column is missing
     */
    public static CsvLayout of(DataFiles files, RatingColumns columns) {
        String header = header(files);
        List<String> names = CsvHeader.names(header);
        ColumnNames found = ColumnNames.find(files.path(), names, columns);
        List<Integer> positions = new ArrayList<>();
        for (String name : List.of("user", "item", "rating", "timestamp")) {
            int declared = found.defaults().indexOf(name);
            positions.add(declared < 0 ? NONE : names.indexOf(found.actual().get(declared)));
        }
        return new CsvLayout(header, positions.get(0), positions.get(1), positions.get(2), positions.get(3));
    }

    /**
     * Returns the layout of files of which only user ids are read.
     *
     * @param header of the files ({@link #header(DataFiles)})
     * @param user position of user ids
     */
    public static CsvLayout ofUsers(String header, int user) {
        return new CsvLayout(header, user, NONE, NONE, NONE);
    }

    /**
     * Returns the first line of the files, which all of them share. A file without a byte has no header and
     * no rows.
     *
     * @throws InputException if a file cannot be read, or the headers differ
     */
    public static String header(DataFiles files) {
        String header = null;
        for (FileStatus file : files.files()) {
            String first = firstLine(files, file);
            if (first == null) {
                continue;
            }
            if (header == null) {
                header = first;
            } else if (!header.equals(first)) {
                throw new InputException("Cannot read ratings from " + files.path()
                        + ": its CSV files do not begin with one and the same header line. Give every"
                        + " file that header.");
            }
        }
        if (header == null) {
            throw new InputException("Cannot read ratings from " + files.path()
                    + ": it is empty, without even a header. Begin the file with a header such as"
                    + " user,item,rating,timestamp.");
        }
        return header;
    }

    private static @Nullable String firstLine(DataFiles files, FileStatus file) {
        try (LineScanner lines = new LineScanner(files.openText(file), 0)) {
            if (!lines.next(Long.MAX_VALUE)) {
                return null;
            }
            return lines.tooLong() ? "" : CsvHeader.withoutMark(lines.line());
        } catch (IOException | RuntimeException e) {
            throw unreadable(file.getPath().toString());
        }
    }

    /** Returns an error without its cause, because a decoder's message may quote data. */
    public static InputException unreadable(String file) {
        return new InputException("Cannot read ratings from " + file
                + ": the file is damaged or may not be read. Check it (a .gz file must be complete) and try again.");
    }

    /** Returns whether the data has ratings. */
    public boolean hasRatings() {
        return rating != NONE;
    }

    /**
     * Splits a line into its fields. Returns null if the line is not a row, which means blank, a header, or
     * no record.
     */
    @Nullable
    String @Nullable [] fields(String line) {
        return line.isBlank() || line.equals(header)
                ? null
                : CsvLine.parse(line, Collections.max(List.of(user, item, rating, timestamp)) + 1);
    }

    @Nullable
    String user(@Nullable String[] fields) {
        return present(fields[user]);
    }

    @Nullable
    String item(@Nullable String[] fields) {
        return item == NONE ? null : present(fields[item]);
    }

    @Nullable
    Double rating(@Nullable String[] fields) {
        return rating == NONE ? null : RatingParser.rating(fields[rating]);
    }

    long time(@Nullable String[] fields) {
        return timestamp == NONE ? RatingParser.OLDEST : RatingParser.timestamp(fields[timestamp]);
    }

    private static @Nullable String present(@Nullable String id) {
        return id == null || id.isEmpty() ? null : id;
    }
}

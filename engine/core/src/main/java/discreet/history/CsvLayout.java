package discreet.history;

import discreet.InputException;
import discreet.files.CsvHeader;
import discreet.files.CsvLine;
import discreet.files.CsvRecords;
import discreet.files.DataFiles;
import discreet.files.LineScanner;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * Gives the positions of the columns of ratings in the records of CSV files
 * (docs/decisions/003-own-csv-lines.md). All files have the same header, and every record equal to it is
 * skipped.
 *
 * @param header the header line
 * @param separator stands between fields
 * @param isMultiline whether a quoted field may span lines
 * @param user position of user ids
 * @param item position of item ids, or -1 if only users are read
 * @param rating position of ratings, or -1 if there are none
 * @param timestamp position of times, or -1 if there are none
 * @param columns the columns that were asked for
 */
public record CsvLayout(
        String header,
        char separator,
        boolean isMultiline,
        int user,
        int item,
        int rating,
        int timestamp,
        RatingColumns columns)
        implements Serializable {
    private static final int NONE = -1;

    /**
     * Finds the columns in a header.
     *
     * @param found the columns of the header that are used
     */
    static CsvLayout of(CsvHeader header, ColumnNames found, RatingsInput input) {
        List<Integer> positions = new ArrayList<>();
        for (String name : RatingColumns.DEFAULT.names()) {
            int declared = found.defaults().indexOf(name);
            positions.add(
                    declared < 0 ? NONE : header.names().indexOf(found.actual().get(declared)));
        }
        return new CsvLayout(
                header.line(),
                header.separator(),
                input.isMultiline(),
                positions.get(0),
                positions.get(1),
                positions.get(2),
                positions.get(3),
                input.columns());
    }

    /**
     * Returns the layout of files of which only user ids are read.
     *
     * @param header of the files ({@link #header})
     * @param user position of user ids
     */
    public static CsvLayout ofUsers(CsvHeader header, int user) {
        return new CsvLayout(header.line(), header.separator(), false, user, NONE, NONE, NONE, RatingColumns.DEFAULT);
    }

    /**
     * Returns the header of the files, which all of them share. A file without a byte has no header and no
     * rows.
     *
     * @param wanted names of the columns to look for
     * @throws InputException if a file cannot be read, or the headers differ
     */
    public static CsvHeader header(DataFiles files, Collection<String> wanted) {
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
        if (header.indexOf('\r') >= 0) {
            throw new InputException("Cannot read ratings from " + files.path() + ": its lines end in CR alone, as on"
                    + " old Macintosh systems. Convert the line ends to LF.");
        }
        return CsvHeader.of(header, wanted);
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

    /** Returns whether a record is blank or a header. */
    boolean isSkipped(String record) {
        return record.isBlank() || record.equals(header);
    }

    /** Returns whether the data has times. */
    public boolean hasTimes() {
        return timestamp != NONE;
    }

    /** Returns whether the data has ratings. */
    public boolean hasRatings() {
        return rating != NONE;
    }

    /**
     * Splits a record into its fields, without spaces around them. Returns null if the text is not a row,
     * which means blank, a header, or no record.
     */
    @Nullable
    String @Nullable [] fields(String record) {
        if (isSkipped(record)) {
            return null;
        }
        int wanted = 1 + Math.max(Math.max(user, item), Math.max(rating, timestamp));
        return CsvLine.parse(record, separator, wanted);
    }

    @Nullable
    String user(@Nullable String[] fields) {
        return RatingParser.id(fields[user]);
    }

    @Nullable
    String item(@Nullable String[] fields) {
        return item == NONE ? null : RatingParser.id(fields[item]);
    }

    @Nullable
    Double rating(@Nullable String[] fields) {
        return rating == NONE ? null : columns.rated(RatingParser.rating(fields[rating]));
    }

    long time(@Nullable String[] fields) {
        return timestamp == NONE ? RatingParser.OLDEST : RatingParser.timestamp(fields[timestamp]);
    }

    /** Returns the records of a file.
     *
     * @param end only records that begin before this offset are read
     */
    CsvRecords records(LineScanner lines, long end) {
        return new CsvRecords(lines, end, separator, isMultiline);
    }
}

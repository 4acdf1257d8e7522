package discreet.files;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a CSV file as text. A record is one line, or by RFC 4180 the lines that a quoted field
 * spans.
 *
 * <p>A record of more than {@link LineScanner#MAX_LINE_BYTES} characters is skipped. Reading goes on behind
 * the line that passed the limit, so one quote that is never closed loses at most that many characters of the
 * file.
 */
public final class CsvRecords implements Closeable {
    private final LineScanner lines;
    private final long end;
    private final char separator;
    private final boolean multiline;

    /**
     * Reads records from the lines of a scanner, and closes it in the end.
     *
     * @param end only records that begin before this offset are read
     * @param separator stands between fields
     * @param multiline whether a quoted field may span lines
     */
    public CsvRecords(LineScanner lines, long end, char separator, boolean multiline) {
        this.lines = lines;
        this.end = end;
        this.separator = separator;
        this.multiline = multiline;
    }

    /** Returns the next record, and null after the last. */
    public @Nullable String next() throws IOException {
        while (lines.offset() < end) {
            boolean isFirst = lines.offset() == 0;
            if (!lines.next(end)) {
                return null;
            }
            if (lines.tooLong()) {
                continue;
            }
            String line = isFirst ? CsvHeader.withoutMark(lines.line()) : lines.line();
            if (!multiline || !CsvLine.endsOpen(line, separator, false)) {
                return line;
            }
            String record = continued(line);
            if (record != null) {
                return record;
            }
        }
        return null;
    }

    /** Returns a record that begins with an open line, or null if it is too long or never ends. */
    private @Nullable String continued(String first) throws IOException {
        StringBuilder record = new StringBuilder(first);
        boolean open = true;
        while (open) {
            if (!lines.next(Long.MAX_VALUE) || lines.tooLong()) {
                return null;
            }
            String line = lines.line();
            record.append('\n').append(line);
            if (record.length() > LineScanner.MAX_LINE_BYTES) {
                return null;
            }
            open = CsvLine.endsOpen(line, separator, true);
        }
        return record.toString();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

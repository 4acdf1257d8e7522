package discreet.history;

import discreet.files.CsvHeader;
import discreet.files.LineScanner;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Steps through the ratings in lines of CSV. Any line is either a row or nothing, and never an error. A
 * line longer than {@link LineScanner#MAX_LINE_BYTES} is nothing.
 */
public final class CsvRows implements RatingCursor {
    private final LineScanner lines;
    private final long end;
    private final CsvLayout layout;
    private @Nullable String[] fields = new @Nullable String[0];

    /**
     * Reads the lines of a scanner, and closes it in the end.
     *
     * @param end only lines that begin before this offset are read
     */
    public CsvRows(LineScanner lines, long end, CsvLayout layout) {
        this.lines = lines;
        this.end = end;
        this.layout = layout;
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            long begin = lines.offset();
            if (begin >= end || !lines.next(end)) {
                return false;
            }
            if (lines.tooLong()) {
                continue;
            }
            @Nullable
            String @Nullable [] found = layout.fields(begin == 0 ? CsvHeader.withoutMark(lines.line()) : lines.line());
            if (found != null) {
                fields = found;
                return true;
            }
        }
    }

    @Override
    public @Nullable String user() {
        return layout.user(fields);
    }

    @Override
    public @Nullable String item() {
        return layout.item(fields);
    }

    @Override
    public @Nullable Double rating() {
        return layout.rating(fields);
    }

    @Override
    public long time() {
        return layout.time(fields);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

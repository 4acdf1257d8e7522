package discreet.history;

import discreet.files.CsvRecords;
import discreet.files.LineScanner;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Steps through the ratings in records of CSV. Any record is either a row or nothing, and never an error. */
public final class CsvRows implements RatingCursor {
    private final CsvRecords records;
    private final CsvLayout layout;
    private final CsvObserver.@Nullable Task observer;
    private @Nullable String[] fields = new @Nullable String[0];

    /**
     * Reads the lines of a scanner, and closes it in the end.
     *
     * @param end only records that begin before this offset are read
     */
    public CsvRows(LineScanner lines, long end, CsvLayout layout) {
        this(lines, end, layout, null);
    }

    /** @param observer looks at every record, or is null */
    public CsvRows(LineScanner lines, long end, CsvLayout layout, CsvObserver.@Nullable Task observer) {
        this.records = layout.records(lines, end);
        this.layout = layout;
        this.observer = observer;
    }

    @Override
    public boolean next() throws IOException {
        for (String record = records.next(); record != null; record = records.next()) {
            @Nullable String @Nullable [] found = layout.fields(record);
            if (observer != null && !layout.isSkipped(record)) {
                observer.see(record, found);
            }
            if (found != null) {
                fields = found;
                return true;
            }
        }
        return false;
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
        records.close();
    }
}

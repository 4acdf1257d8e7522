package discreet.history;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.files.DataFiles;
import discreet.files.LineScanner;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * Files that hold the rows of one user, perhaps among those of others: CSV with a header, or Parquet. Read without Spark, by the rules that
 * {@code discreet.spark.ratings.Histories} applies to every user, so that one user's list is the same wherever it is made.
 *
 * <p>Rows are read one by one, and only those of the one user are kept ({@link UserRows}).
 */
public final class UserHistoryFile {
    private final boolean hasRatings;
    private final Supplier<RatingRows> rows;
    private final String path;

    private UserHistoryFile(String path, boolean hasRatings, Supplier<RatingRows> rows) {
        this.path = path;
        this.hasRatings = hasRatings;
        this.rows = rows;
    }

    /**
     * Finds the files and their columns. No row is read.
     *
     * @throws InputException if the path, the files or the columns are not usable
     */
    public static UserHistoryFile open(String path, RatingColumns columns) {
        DataFiles files = DataFiles.find(path, "ratings");
        if (files.parquet()) {
            ParquetRatings ratings = ParquetRatings.of(files, columns);
            return new UserHistoryFile(path, ratings.hasRatings(), ratings::rows);
        }
        CsvLayout layout = CsvLayout.of(files, columns);
        return new UserHistoryFile(path, layout.hasRatings(), () -> new CsvFilesRows(files, layout));
    }

    /** Says whether the data has ratings. If it has none, every row passes the threshold. */
    public boolean hasRatings() {
        return hasRatings;
    }

    /**
     * The rows of one user that count, after all row rules but the cap, which is for training alone.
     *
     * @param users number of users that the rows are of: 0 if no row names the user, 2 if there are several and none was asked for
     * @param rows of the user; of several users, of no use
     */
    public record Found(int users, UserRows rows) {}

    /**
     * Reads the rows of one user.
     *
     * @param user whose rows count; null means the only user's. As soon as a second one is met, reading ends.
     * @param minRating rows with lower ratings do not count
     * @throws InputException if a file is damaged
     */
    public Found read(@Nullable String user, Catalogue catalogue, double minRating) {
        UserRows kept = new UserRows();
        String one = user;
        int users = 0;
        try (RatingRows all = rows.get()) {
            while (all.next()) {
                String owner = all.user();
                if (owner == null || (user != null && !owner.equals(user))) {
                    continue;
                }
                if (one != null && !owner.equals(one)) {
                    return new Found(2, kept);
                }
                one = owner;
                users = 1;
                add(kept, all, catalogue);
            }
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // without the cause, whose message may quote a row
            throw new InputException("Cannot read ratings from " + path
                    + ": a file is damaged behind its header. Restore the file, or write it again.");
        }
        kept.keep(hasRatings ? minRating : Double.NEGATIVE_INFINITY, Integer.MAX_VALUE, catalogue);
        return new Found(users, kept);
    }

    private void add(UserRows kept, RatingRows row, Catalogue catalogue) {
        Double rating = hasRatings ? row.rating() : Double.valueOf(0);
        String item = rating == null ? null : row.item();
        int index = item == null ? -1 : catalogue.indexOf(item);
        if (rating != null && index >= 0) {
            kept.add(index, row.time(), rating);
        }
    }

    /** The rows of several CSV files, one open at a time. */
    private static final class CsvFilesRows implements RatingRows {
        private final DataFiles files;
        private final CsvLayout layout;
        private int opened;
        private @Nullable CsvRows open;

        CsvFilesRows(DataFiles files, CsvLayout layout) {
            this.files = files;
            this.layout = layout;
        }

        @Override
        public boolean next() {
            while (opened < files.files().size() || open != null) {
                try {
                    if (open == null) {
                        FileStatus file = files.files().get(opened++);
                        open = new CsvRows(new LineScanner(files.openText(file), 0), Long.MAX_VALUE, layout);
                    }
                    if (open.next()) {
                        return true;
                    }
                    close();
                } catch (IOException | RuntimeException e) {
                    throw CsvLayout.unreadable(
                            files.files().get(opened - 1).getPath().toString());
                }
            }
            return false;
        }

        private CsvRows row() {
            if (open == null) {
                throw new IllegalStateException("there is no row here");
            }
            return open;
        }

        @Override
        public @Nullable String user() {
            return row().user();
        }

        @Override
        public @Nullable String item() {
            return row().item();
        }

        @Override
        public @Nullable Double rating() {
            return row().rating();
        }

        @Override
        public long time() {
            return row().time();
        }

        @Override
        public void close() throws IOException {
            if (open != null) {
                open.close();
                open = null;
            }
        }
    }
}

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
 * Reads the rows of one user from CSV with a header or from Parquet, without Spark. The files may hold rows
 * of others as well. The rules are those that {@code discreet.spark.ratings.Histories} applies to all
 * users, so a user's list is the same in both places.
 *
 * <p>Rows are read one by one, and only those of the one user are kept ({@link UserRows}).
 */
public final class UserHistoryFile {
    private final boolean hasRatings;
    private final Supplier<RatingCursor> rows;
    private final String path;

    private UserHistoryFile(String path, boolean hasRatings, Supplier<RatingCursor> rows) {
        this.path = path;
        this.hasRatings = hasRatings;
        this.rows = rows;
    }

    /**
     * Finds the files and their columns. No row is read.
     *
     * @throws InputException if the path, the files or the columns are not usable
     */
    public static UserHistoryFile open(RatingsInput input) {
        RatingsSchema schema = RatingsSchema.of(input);
        CsvLayout layout = schema.layout();
        return new UserHistoryFile(
                input.path(),
                schema.hasRatings(),
                layout == null ? () -> schema.parquetRatings().rows() : () -> new CsvFilesRows(schema.files(), layout));
    }

    /** Returns whether the data has ratings. Without ratings, every row passes the threshold. */
    public boolean hasRatings() {
        return hasRatings;
    }

    /**
     * Gives the rows of one user. {@link UserHistory#of} applies the row rules for scoring to them.
     *
     * @param users 0 if no row names the user, 1 if some do, and 2 if no user was asked for and rows of
     *     several were met
     * @param rows of the user, without meaning for several users
     */
    public record Found(int users, UserRows rows) {}

    /**
     * Reads the rows of one user.
     *
     * @param user whose rows count. Null means the only user in the files, and then reading ends at the
     *     first row of a second one
     * @throws InputException if a file is damaged
     */
    public Found read(@Nullable String user, Catalogue catalogue) {
        UserRows kept = new UserRows();
        String one = user;
        int users = 0;
        try (RatingCursor all = rows.get()) {
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
        } catch (IOException | RuntimeException e) {
            // The cause is left out because its message may quote a row.
            throw new InputException("Cannot read ratings from " + path
                    + ": a file is damaged behind its header. Restore the file, or write it again.");
        }
        return new Found(users, kept);
    }

    private void add(UserRows kept, RatingCursor row, Catalogue catalogue) {
        String item = row.item();
        int index = item == null ? -1 : catalogue.indexOf(item);
        if (index < 0) {
            return;
        }
        Double rating = hasRatings ? row.rating() : Double.valueOf(0);
        if (rating == null) {
            kept.addSeen(index);
        } else {
            kept.add(index, row.time(), rating);
        }
    }

    /** Steps through several CSV files, with one open at a time. */
    private static final class CsvFilesRows implements RatingCursor {
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

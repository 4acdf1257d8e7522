package discreet.cli.shared;

import discreet.files.CsvHeader;
import discreet.history.RatingsSchema;
import discreet.history.RatingsSchema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Says how files of ratings were understood, by what their headers, schemas and folders tell. */
public final class InputLines {
    private static final List<String> WORDS = List.of("people", "items", "ratings", "times");
    private static final List<String> ROLES = List.of("user", "item", "rating", "timestamp");

    private InputLines() {}

    /**
     * Returns lines that say which files are read, in which form, and which column is which.
     *
     * @param name of the files, such as {@code Ratings}
     */
    public static List<String> of(String name, RatingsSchema files) {
        List<String> lines = new ArrayList<>();
        int count = files.files().files().size();
        lines.add(line(
                name,
                files.input().path() + " (" + files.form() + (count == 1 ? "" : ", " + Figures.count(count) + " files")
                        + ")"));
        StringJoiner columns = new StringJoiner(", ");
        for (int i = 0; i < ROLES.size(); i++) {
            String word = WORDS.get(i);
            columns.add(files.column(ROLES.get(i))
                    .map(column -> word + " in '" + column.name() + "'")
                    .orElse(word + ": none"));
        }
        lines.add(line("Columns", columns.toString()));
        List<String> unused = new ArrayList<>(files.unused());
        files.files().partitions().forEach(partition -> unused.add("folders " + partition + "=..."));
        if (!unused.isEmpty()) {
            lines.add(line("Not used", CsvHeader.shown(unused)));
        }
        return lines;
    }

    /** Returns the name of the column of a role, or nothing. */
    public static String column(RatingsSchema files, String role) {
        return files.column(role).map(Column::name).orElse("");
    }

    /** Returns a line with a name in front. */
    public static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-12s%s", name, value);
    }
}

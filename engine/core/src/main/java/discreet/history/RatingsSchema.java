package discreet.history;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.files.CsvHeader;
import discreet.files.DataFiles;
import discreet.files.ParquetColumn;
import discreet.files.ParquetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Tells what paths, headers and types say about files of ratings. No row is read, so everything here may be
 * said before anything is charged, as an error or as a remark.
 */
public final class RatingsSchema {
    /** Type of every column of a CSV file. */
    private static final String TEXT = "text";

    private final DataFiles files;
    private final RatingsInput input;
    private final List<Column> columns;
    private final List<String> unused;
    private final @Nullable CsvLayout layout;
    private final @Nullable ParquetTable table;

    /**
     * A column that is used.
     *
     * @param role {@code user}, {@code item}, {@code rating} or {@code timestamp}
     * @param name in the files
     * @param type Spark SQL's name for the type of the values, and {@code text} in CSV
     */
    public record Column(String role, String name, String type) {}

    private RatingsSchema(
            DataFiles files,
            RatingsInput input,
            List<Column> columns,
            List<String> names,
            @Nullable CsvLayout layout,
            @Nullable ParquetTable table) {
        this.files = files;
        this.input = input;
        this.columns = List.copyOf(columns);
        this.unused = names.stream()
                .filter(name ->
                        columns.stream().noneMatch(column -> column.name().equals(name)))
                .toList();
        this.layout = layout;
        this.table = table;
    }

    /**
     * Reads the headers or schemas of files where no Spark session says how Hadoop is configured.
     *
     * @throws InputException if the path, the files or the columns cannot be used
     */
    public static RatingsSchema of(RatingsInput input) {
        return of(DataFiles.find(input.path(), "ratings"), input);
    }

    /**
     * Reads the headers or schemas of files on a file system that is configured in this way, such as a Spark
     * session's.
     *
     * @throws InputException as {@link #of(RatingsInput)}
     */
    public static RatingsSchema of(Configuration hadoop, RatingsInput input) {
        return of(DataFiles.find(hadoop, input.path(), "ratings"), input);
    }

    private static RatingsSchema of(DataFiles files, RatingsInput input) {
        return files.parquet() ? parquet(files, input) : csv(files, input);
    }

    private static RatingsSchema csv(DataFiles files, RatingsInput input) {
        CsvHeader header = CsvLayout.header(files, input.columns().names());
        ColumnNames found = find(files, header.names(), input.columns(), input);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < found.actual().size(); i++) {
            columns.add(new Column(found.defaults().get(i), found.actual().get(i), TEXT));
        }
        CsvLayout layout = CsvLayout.of(header, found, input);
        RatingsSchema schema = new RatingsSchema(files, input, columns, header.names(), layout, null);
        schema.requireNoFreeText();
        return schema;
    }

    private static RatingsSchema parquet(DataFiles files, RatingsInput input) {
        ParquetTable table = ParquetTable.of(files, "ratings");
        List<String> names = table.columns().stream().map(ParquetColumn::name).toList();
        RatingColumns wanted = ParquetRatings.isNormal(table) ? RatingColumns.DEFAULT : input.columns();
        ColumnNames found = find(files, names, wanted, input);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < found.actual().size(); i++) {
            ParquetColumn column =
                    table.columns().get(names.indexOf(found.actual().get(i)));
            if (!column.isEverywhere()) {
                throw new InputException("Cannot read ratings from " + files.path() + ": some of its files have no"
                        + " column '" + column.name() + "'. Write all files with the same columns, or name only"
                        + " those that belong together.");
            }
            columns.add(new Column(found.defaults().get(i), column.name(), column.type()));
        }
        ParquetRatings.of(table, files.path(), input.columns(), found); // refuses types that do not fit
        return new RatingsSchema(files, input, columns, names, null, table);
    }

    private static ColumnNames find(DataFiles files, List<String> names, RatingColumns columns, RatingsInput input) {
        requireInFiles(files, names, columns);
        for (String ignored : new TreeSet<>(input.ignoredColumns())) {
            if (columns.isRequired(ignored) && names.contains(ignored)) {
                throw new InputException("Cannot read ratings from " + files.path() + ": column '" + ignored
                        + "' is used and is to be ignored (`ignoreColumns`). Take it from one of the two.");
            }
        }
        List<String> left = names.stream()
                .filter(name -> !input.ignoredColumns().contains(name))
                .toList();
        ColumnNames found = files.parquet()
                ? ColumnNames.find(files.path(), left, columns)
                : ColumnNames.inHeader(files.path(), left, columns);
        Set<String> absent = new TreeSet<>(input.ignoredColumns());
        names.forEach(absent::remove);
        if (!absent.isEmpty()) {
            throw new InputException("Cannot read ratings from " + files.path() + ": it has no column "
                    + quoted(absent) + " to ignore (`ignoreColumns`), only " + CsvHeader.shown(names)
                    + ". Correct the name, or leave it out.");
        }
        return found;
    }

    /** Refuses a column that only the names of folders have, because these are not read. */
    private static void requireInFiles(DataFiles files, List<String> names, RatingColumns columns) {
        for (String name : columns.names()) {
            if (!names.contains(name) && files.partitions().contains(name)) {
                throw new InputException("Cannot read ratings from " + files.path() + ": column '" + name
                        + "' is in the names of folders (" + name + "=...) and not in the files. Names of folders are"
                        + " not read. Write the column into the files.");
            }
        }
    }

    /**
     * Refuses columns of CSV whose content is unknown. In a column of free text a line break begins a line,
     * which is then read as a row of another user.
     */
    private void requireNoFreeText() {
        List<String> unknown = unused.stream()
                .filter(name -> !input.ignoredColumns().contains(name))
                .toList();
        if (!unknown.isEmpty() && !input.isMultiline()) {
            throw new InputException("Cannot read ratings from " + files.path() + ": beyond the columns that are used"
                    + " it has " + CsvHeader.shown(unknown) + ". A line break in a text that people write would count"
                    + " as rows of other people. If programs alone write these columns, name them with"
                    + " `ignoreColumns`. If people do, write the file without them, or as Parquet."
                    + (hasRatings() ? "" : " If one of them holds ratings, name it with `ratingCol`."));
        }
    }

    private static String quoted(Set<String> names) {
        return CsvHeader.shown(names.stream().map(name -> "'" + name + "'").toList());
    }

    /**
     * Refuses ratings whose item ids are whole numbers while no id in the catalogue is one. No row could
     * count.
     */
    public void requireFits(Catalogue catalogue) {
        column("item").ifPresent(item -> requireFits(files.path(), item.name(), isInteger(item.type()), catalogue));
    }

    /** Refuses the same for a column of any source of ratings. */
    public static void requireFits(String path, String column, boolean isInteger, Catalogue catalogue) {
        if (isInteger && catalogue.items().stream().noneMatch(item -> isWholeNumber(item.id()))) {
            throw new InputException("Cannot read ratings from " + path + ": column '" + column
                    + "' holds whole numbers, and no item id in the catalogue is one, so no row would count. Write the"
                    + " ids in both as the same text.");
        }
    }

    private static boolean isInteger(String type) {
        return Set.of("tinyint", "smallint", "int", "bigint").contains(type);
    }

    /** Returns whether a text is as a column of whole numbers gives it, without zeros in front. */
    private static boolean isWholeNumber(String id) {
        try {
            return Long.toString(Long.parseLong(id)).equals(id);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Returns the files. */
    public DataFiles files() {
        return files;
    }

    /** Returns how the files are to be read. */
    public RatingsInput input() {
        return input;
    }

    /** Returns the columns that are used, in the order user, item, rating, timestamp. */
    public List<Column> columns() {
        return columns;
    }

    /** Returns the used column of a role, if the files have it. */
    public Optional<Column> column(String role) {
        return columns.stream().filter(column -> column.role().equals(role)).findFirst();
    }

    /** Returns the names of the columns that are not used. */
    public List<String> unused() {
        return unused;
    }

    /** Returns whether the data has ratings. Without ratings, every row passes a threshold. */
    public boolean hasRatings() {
        return column("rating").isPresent();
    }

    /** Returns the form of the files in words, such as {@code CSV with tabs}. */
    public String form() {
        return layout == null ? "Parquet" : "CSV, " + CsvHeader.nameOf(layout.separator()) + " between fields";
    }

    /** Returns the positions of the columns in CSV files, or null if the files are Parquet. */
    public @Nullable CsvLayout layout() {
        return layout;
    }

    /** Returns the columns of Parquet files that are used, or null if the files are CSV. */
    public @Nullable List<ParquetColumn> parquetColumns() {
        if (table == null) {
            return null;
        }
        List<String> names = columns.stream().map(Column::name).toList();
        return table.columns().stream()
                .filter(column -> names.contains(column.name()))
                .toList();
    }

    /** Opens the rows of Parquet files without Spark. */
    ParquetRatings parquetRatings() {
        if (table == null) {
            throw new IllegalStateException("the files are CSV");
        }
        return ParquetRatings.of(
                table,
                files.path(),
                input.columns(),
                new ColumnNames(
                        columns.stream().map(Column::role).toList(),
                        columns.stream().map(Column::name).toList()));
    }
}

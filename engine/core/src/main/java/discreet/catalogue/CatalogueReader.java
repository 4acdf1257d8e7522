package discreet.catalogue;

import discreet.InputException;
import discreet.files.CsvHeader;
import discreet.files.CsvLine;
import discreet.files.DataFiles;
import discreet.files.LineScanner;
import discreet.files.ParquetColumn;
import discreet.files.ParquetTable;
import discreet.files.ParquetTexts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads the public catalogue from CSV with a header or from Parquet, without Spark: a column of item ids,
 * optionally {@code title} and {@code genres} ({@code |} between, or an array of text), and any other
 * column as metadata. The catalogue is public, so errors may show its rows. It is held in memory.
 */
public final class CatalogueReader {
    private static final String ITEM = "item";
    private static final String TITLE = "title";
    private static final String GENRES = "genres";

    private CatalogueReader() {}

    /**
     * Reads the items of a catalogue. Rows without an id are left out. Of several rows with one id the first
     * counts.
     *
     * @param itemColumn name of the column of item ids. Where there is none of this name, it is {@code item}
     * @throws InputException if the path, the files or the columns are not usable, or no item is listed
     */
    public static Catalogue read(String path, String itemColumn) {
        return read(DataFiles.find(path, "the catalogue"), itemColumn);
    }

    /**
     * Reads the items from a file system that is configured in this way, such as a Spark session's.
     *
     * @throws InputException as {@link #read(String, String)}
     */
    public static Catalogue read(Configuration hadoop, String path, String itemColumn) {
        return read(DataFiles.find(hadoop, path, "the catalogue"), itemColumn);
    }

    private static Catalogue read(DataFiles files, String itemColumn) {
        List<Item> items = new ArrayList<>();
        if (files.parquet()) {
            readParquet(files, itemColumn, items);
        } else {
            Set<String> meant = new HashSet<>();
            for (FileStatus file : files.files()) {
                meant.add(readCsv(files, file, itemColumn, items));
            }
            if (meant.size() > 1) {
                throw new InputException("Cannot read the catalogue from " + files.path()
                        + ": some of its files have other columns than others. Write all files with the same columns.");
            }
        }
        return nonEmpty(files.path(), items);
    }

    private static Catalogue nonEmpty(String path, List<Item> items) {
        Catalogue catalogue = Catalogue.of(items);
        if (catalogue.size() == 0) {
            throw new InputException("Cannot use the catalogue " + path + ": it lists no item. Give each item a row.");
        }
        return catalogue;
    }

    /**
     * A record of the catalogue may span lines within quotes, since an error may say where a quote is
     * missing.
     *
     * @return the columns of the file that have a meaning
     */
    private static String readCsv(DataFiles files, FileStatus file, String itemColumn, List<Item> items) {
        String path = file.getPath().toString();
        try (LineScanner lines = new LineScanner(files.openText(file), 0)) {
            CsvHeader header = null;
            String ids = itemColumn;
            StringBuilder record = new StringBuilder();
            int first = 0;
            boolean isOpen = false;
            for (int number = 1; lines.next(Long.MAX_VALUE); number++) {
                first = record.isEmpty() ? number : first;
                record.append(record.isEmpty() ? "" : "\n")
                        .append(number == 1 ? CsvHeader.withoutMark(lines.line()) : lines.line());
                if (lines.tooLong() || record.length() > LineScanner.MAX_LINE_BYTES) {
                    throw new InputException("Cannot read the catalogue from " + path + ": the record at line " + first
                            + " is longer than 1 MiB; a quote may not be closed. Correct the line.");
                }
                if (!lines.isUtf8()) {
                    throw new InputException("Cannot read the catalogue from " + path + ": line " + number
                            + " is not UTF-8. Convert the file, from Windows' encoding for example with: iconv -f"
                            + " windows-1252 -t utf-8.");
                }
                if (header == null) {
                    header = CsvHeader.of(record.toString(), List.of(itemColumn, ITEM));
                    ids = idColumn(path, header.names(), itemColumn);
                    record.setLength(0);
                    continue;
                }
                isOpen = CsvLine.endsOpen(lines.line(), header.separator(), isOpen);
                if (isOpen) {
                    continue;
                }
                String[] fields = CsvLine.parse(record.toString(), header.separator());
                if (fields != null && !record.toString().isBlank()) {
                    requireNoMore(path, first, fields, header.names().size());
                    add(header.names(), Arrays.stream(fields).map(String::strip).toList(), ids, items);
                }
                record.setLength(0);
            }
            if (!record.isEmpty()) {
                throw new InputException("Cannot read the catalogue from " + path + ": a quote at line " + first
                        + " is never closed. Correct the line.");
            }
            if (header == null) {
                throw new InputException("Cannot read the catalogue from " + path
                        + ": the file is empty. Begin it with a header such as item,title,genres.");
            }
            return header.names().stream()
                    .filter(List.of(TITLE, GENRES)::contains)
                    .sorted()
                    .collect(Collectors.joining(","));
        } catch (IOException e) {
            throw new InputException(
                    "Cannot read the catalogue from " + path + ": the file is damaged or may not be read. Check it.",
                    e);
        }
    }

    /** Refuses a record with more fields than the header has names. A separator in a text shifts the rest. */
    private static void requireNoMore(String path, int line, String[] fields, int names) {
        if (Arrays.stream(fields).skip(names).anyMatch(field -> !field.isBlank())) {
            throw new InputException("Cannot read the catalogue from " + path + ": the record at line " + line
                    + " has more fields than the header has names. Put quotes around a text that holds a separator.");
        }
    }

    private static void readParquet(DataFiles files, String itemColumn, List<Item> items) {
        String path = files.path();
        ParquetTable table = ParquetTable.of(files, "the catalogue");
        List<ParquetColumn> columns =
                table.columns().stream().filter(ParquetColumn::isReadable).toList();
        List<String> names = columns.stream().map(ParquetColumn::name).toList();
        String idColumn = idColumn(path, names, itemColumn);
        requireSameColumns(table, path, idColumn);
        ParquetColumn ids = columns.get(names.indexOf(idColumn));
        if (ids.isBinary() || ids.isList()) {
            throw new InputException("Cannot read the catalogue from " + path + ": column '" + idColumn + "' holds "
                    + ids.type() + ", not text or numbers. Convert the column.");
        }
        try (ParquetTexts rows = table.texts(columns)) {
            for (List<@Nullable String> row = rows.next(); row != null; row = rows.next()) {
                add(names, row, idColumn, items);
            }
        } catch (IOException | RuntimeException e) {
            throw new InputException(
                    "Cannot read the catalogue from " + path + ": a Parquet file is damaged. Write it again.", e);
        }
    }

    /** Refuses files of which some lack a column that has a meaning. */
    private static void requireSameColumns(ParquetTable table, String path, String itemColumn) {
        for (ParquetColumn column : table.columns()) {
            if (!column.isEverywhere() && List.of(itemColumn, TITLE, GENRES).contains(column.name())) {
                throw new InputException("Cannot read the catalogue from " + path + ": some of its files have no column"
                        + " '" + column.name() + "'. Write all files with the same columns.");
            }
        }
    }

    /** Returns the name of the column of ids. */
    private static String idColumn(String path, List<String> names, String itemColumn) {
        String found = names.contains(itemColumn) ? itemColumn : ITEM;
        if (!names.contains(found)) {
            throw new InputException("Cannot read the catalogue from " + path + ": it has no column '" + itemColumn
                    + "', only " + CsvHeader.shown(names) + ". Name the column of item ids with `itemIdCol`.");
        }
        return found;
    }

    private static void add(
            List<String> names, List<? extends @Nullable String> values, String itemColumn, List<Item> items) {
        String id = null;
        String title = null;
        List<String> genres = List.of();
        Map<String, String> metadata = new TreeMap<>();
        for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
            String name = names.get(i);
            String value = values.get(i);
            if (value == null || value.isEmpty()) {
                continue;
            }
            if (name.equals(itemColumn)) {
                id = value;
            } else if (name.equals(TITLE)) {
                title = value;
            } else if (name.equals(GENRES)) {
                genres = Arrays.stream(value.split("\\|"))
                        .map(String::strip)
                        .filter(genre -> !genre.isEmpty())
                        .toList();
            } else {
                metadata.put(name, value);
            }
        }
        if (id != null) {
            items.add(new Item(id, title, genres, metadata));
        }
    }
}

package discreet.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises files that are neither CSV nor Parquet, by the ending of their name or by their first bytes, so
 * that an error can name the form instead of the damage that reading it as text would show.
 *
 * @param name of the form, as it completes "the file is ..."
 * @param remedy what to do about it
 */
record ForeignForm(String name, String remedy) {
    /** Number of bytes that {@link #of} looks at. */
    static final int BYTES = 8;

    private static final String UNPACK = "Unpack it first. Of compressed files only .gz and .bz2 are read.";
    private static final String EXPORT = "Export it as Parquet or CSV.";

    private record Ending(String ending, ForeignForm form) {}

    private record Magic(byte[] bytes, ForeignForm form) {
        Magic(String bytes, ForeignForm form) {
            this(bytes.getBytes(ISO_8859_1), form);
        }

        boolean begins(byte[] file) {
            return file.length >= bytes.length && Arrays.equals(bytes, 0, bytes.length, file, 0, bytes.length);
        }
    }

    private static final String ORC = "ORC";
    private static final ForeignForm JSON = new ForeignForm("JSON", EXPORT);
    private static final Pattern JSON_TEXT = Pattern.compile("(?s)\\{\\s*(\".*)?|\\[\\s*([\\[{].*)?");

    private static final List<Ending> ENDINGS = List.of(
            new Ending(".tar", new ForeignForm("a tar archive", UNPACK)),
            new Ending(".tgz", new ForeignForm("a tar archive", UNPACK)),
            new Ending(".tar.gz", new ForeignForm("a tar archive", UNPACK)),
            new Ending(".tar.bz2", new ForeignForm("a tar archive", UNPACK)),
            new Ending(".zip", new ForeignForm("a ZIP archive", UNPACK)),
            new Ending(".7z", new ForeignForm("a 7z archive", UNPACK)),
            new Ending(".rar", new ForeignForm("a RAR archive", UNPACK)),
            new Ending(".xz", new ForeignForm("compressed by xz", UNPACK)),
            new Ending(".zst", new ForeignForm("compressed by Zstandard", UNPACK)),
            new Ending(".lz4", new ForeignForm("compressed by LZ4", UNPACK)),
            new Ending(".br", new ForeignForm("compressed by Brotli", UNPACK)),
            new Ending(".orc", new ForeignForm("ORC", EXPORT)),
            new Ending(".avro", new ForeignForm("Avro", EXPORT)),
            new Ending(".json", new ForeignForm("JSON", EXPORT)),
            new Ending(".jsonl", new ForeignForm("JSON", EXPORT)),
            new Ending(".xlsx", new ForeignForm("a spreadsheet", EXPORT)),
            new Ending(".xls", new ForeignForm("a spreadsheet", EXPORT)));

    private static final List<Magic> FIRST_BYTES = List.of(
            new Magic("PK\3\4", new ForeignForm("a ZIP archive or a spreadsheet", UNPACK)),
            new Magic("7z\274\257", new ForeignForm("a 7z archive", UNPACK)),
            new Magic("\3757zXZ", new ForeignForm("compressed by xz", UNPACK)),
            new Magic("\50\265\57\375", new ForeignForm("compressed by Zstandard", UNPACK)),
            new Magic("\4\"M\30", new ForeignForm("compressed by LZ4", UNPACK)),
            new Magic("\37\213", new ForeignForm("compressed by gzip", "Give it a name that ends in .csv.gz.")),
            new Magic("BZh", new ForeignForm("compressed by bzip2", "Give it a name that ends in .csv.bz2.")),
            new Magic("ORC", new ForeignForm(ORC, EXPORT)),
            new Magic("Obj\1", new ForeignForm("Avro", EXPORT)),
            new Magic("SQLite f", new ForeignForm("a database of SQLite", EXPORT)),
            new Magic("ARROW1", new ForeignForm("Arrow", EXPORT)),
            new Magic("\377\376", new ForeignForm("text in UTF-16", "Write it in UTF-8.")),
            new Magic("\376\377", new ForeignForm("text in UTF-16", "Write it in UTF-8.")));

    /**
     * Returns the form of a file, or null if it may be CSV. A compressed file whose codec its name tells may
     * be CSV.
     *
     * @param file the name
     * @param first the first {@value #BYTES} bytes, or all if there are fewer
     */
    static @Nullable ForeignForm of(String file, byte[] first) {
        String name = file.toLowerCase(Locale.ROOT);
        for (Ending ending : ENDINGS) {
            if (name.endsWith(ending.ending())) {
                return ending.form();
            }
        }
        if (name.endsWith(".gz") || name.endsWith(".bz2")) {
            return null;
        }
        for (Magic magic : FIRST_BYTES) {
            if (magic.begins(first) && !(magic.form().name().equals(ORC) && isText(first))) {
                return magic.form();
            }
        }
        return JSON_TEXT.matcher(new String(first, ISO_8859_1)).matches() ? JSON : null;
    }

    /** Returns whether bytes may be a header, such as ORCID,item. */
    private static boolean isText(byte[] bytes) {
        return new String(bytes, ISO_8859_1).chars().allMatch(c -> c >= ' ' && c < 0x7F || c == '\t');
    }
}

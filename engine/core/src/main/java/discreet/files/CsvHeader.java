package discreet.files;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Holds the first line of a CSV file, which names the columns.
 *
 * @param line the line as the file has it, without a byte order mark
 * @param separator stands between the names, and between the fields of every record
 * @param names of the columns, without spaces around them. There are none if the line is no record
 */
public record CsvHeader(String line, char separator, List<String> names) {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char[] SEPARATORS = {',', '\t', ';', '|'};
    private static final int MAX_SHOWN = 20;

    public CsvHeader {
        names = List.copyOf(names);
    }

    /**
     * Reads a header. The separator is the comma, tab, semicolon or bar by which most of the wanted names are
     * in the line, and the comma if several do equally well.
     *
     * @param wanted names of the columns that the caller is looking for
     */
    public static CsvHeader of(String line, Collection<String> wanted) {
        CsvHeader best = split(line, SEPARATORS[0]);
        for (char separator : SEPARATORS) {
            CsvHeader found = split(line, separator);
            if (found.count(wanted) > best.count(wanted)) {
                best = found;
            }
        }
        return best;
    }

    private static CsvHeader split(String line, char separator) {
        String[] fields = CsvLine.parse(line, separator);
        return new CsvHeader(
                line,
                separator,
                fields == null
                        ? List.of()
                        : Arrays.stream(fields).map(String::strip).toList());
    }

    private long count(Collection<String> wanted) {
        return wanted.stream().filter(names::contains).count();
    }

    /** Returns a file's first line without the byte order mark that some programs begin files with. */
    public static String withoutMark(String firstLine) {
        return !firstLine.isEmpty() && firstLine.charAt(0) == BYTE_ORDER_MARK ? firstLine.substring(1) : firstLine;
    }

    /** Returns a separator's name, such as {@code comma}. */
    public static String nameOf(char separator) {
        return switch (separator) {
            case '\t' -> "tab";
            case ';' -> "semicolon";
            case '|' -> "bar";
            default -> "comma";
        };
    }

    /** Formats the first few names for one line of an error, without characters that would break the line. */
    public static String shown(List<String> names) {
        String first = names.stream()
                .limit(MAX_SHOWN)
                .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
                .collect(Collectors.joining(", "));
        return names.size() > MAX_SHOWN ? first + ", ..." : first;
    }
}

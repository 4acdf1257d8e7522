package discreet.files;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the names of columns from the first line of a CSV file. */
public final class CsvHeader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int MAX_SHOWN = 20;

    private CsvHeader() {}

    /** Returns a file's first line without the byte order mark that some programs begin files with. */
    public static String withoutMark(String firstLine) {
        return !firstLine.isEmpty() && firstLine.charAt(0) == BYTE_ORDER_MARK ? firstLine.substring(1) : firstLine;
    }

    /** Returns the names in a header, without spaces around them. There are none if the line is no record. */
    public static List<String> names(String header) {
        String[] fields = CsvLine.parse(header);
        return fields == null
                ? List.of()
                : Arrays.stream(fields).map(String::strip).toList();
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

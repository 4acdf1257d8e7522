package discreet.history;

/** A field of a CSV line: RFC 4180; whatever a reader might trim or skip is quoted as well. */
public final class CsvField {
    private CsvField() {}

    /** The text as it stands in a line. */
    public static String of(String text) {
        boolean plain = !text.isEmpty()
                && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && text.charAt(0) > ' '
                && text.charAt(0) != '#'
                && text.charAt(text.length() - 1) > ' ';
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

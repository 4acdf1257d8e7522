package discreet.files;

/** Writes fields of CSV lines by RFC 4180. It also quotes everything that a reader might trim or skip. */
public final class CsvField {
    private CsvField() {}

    /** Returns the text in the form that a line of CSV has it. */
    public static String of(String text) {
        boolean plain = !text.isEmpty()
                && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && text.charAt(0) > ' '
                && text.charAt(0) != '#'
                && text.charAt(text.length() - 1) > ' ';
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

package discreet.files;

/** Writes fields of CSV lines by RFC 4180. It also quotes everything that a reader might trim or skip. */
public final class CsvField {
    /**
     * First characters by which spreadsheets take a cell for a formula, and the mark that says it is text.
     */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20'";

    private CsvField() {}

    /**
     * Returns a text that no spreadsheet takes for a formula. It has an apostrophe before it if it begins
     * with {@code = + - @}, a full-width form of these, a tab, the end of a line or an apostrophe (OWASP,
     * "CSV Injection"). A program that removes one apostrophe from the beginning, if there is one, restores
     * the text.
     */
    public static String neutral(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

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

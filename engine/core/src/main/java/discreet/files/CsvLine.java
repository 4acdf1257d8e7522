package discreet.files;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits one record of CSV into fields. A separator stands between fields, {@code "} around a field quotes
 * it, and {@code ""} inside quotes is one quote (RFC 4180). The parser is defined for every string:
 *
 * <ul>
 *   <li>A field that the record lacks is null, and fields beyond the wanted ones are ignored.
 *   <li>A quote inside a field that did not begin with one is literal. Text after a closing quote belongs to
 *       the field.
 *   <li>Text with an unclosed quote is not a record, because the ends of its fields are unknown.
 * </ul>
 */
public final class CsvLine {
    private CsvLine() {}

    /**
     * Returns the first {@code wanted} fields, each null if missing, or null if the text is not a record.
     *
     * @param separator stands between fields
     */
    public static @Nullable String @Nullable [] parse(String line, char separator, int wanted) {
        @Nullable String[] fields = new @Nullable String[wanted];
        int length = line.length();
        int count = 0;
        int at = 0;
        while (true) {
            int end;
            if (at < length && line.charAt(at) == '"') {
                end = quoted(line, separator, at, count < wanted ? fields : null, count);
                if (end < 0) {
                    return null;
                }
            } else {
                end = line.indexOf(separator, at);
                end = end < 0 ? length : end;
                if (count < wanted) {
                    fields[count] = line.substring(at, end);
                }
            }
            count++;
            if (end == length) {
                return fields;
            }
            at = end + 1;
        }
    }

    /** Returns all fields, or null if the text is not a record. */
    public static String @Nullable [] parse(String line, char separator) {
        // A record has at most one field more than it has separators.
        int most = 1 + (int) line.chars().filter(c -> c == separator).count();
        @Nullable String[] fields = parse(line, separator, most);
        return fields == null
                ? null
                : Arrays.stream(fields).takeWhile(field -> field != null).toArray(String[]::new);
    }

    /**
     * Reads the field whose opening quote is at {@code open}. Returns where it ends, or -1 if the quote is
     * not closed.
     */
    private static int quoted(String line, char separator, int open, @Nullable String @Nullable [] fields, int field) {
        StringBuilder text = fields == null ? null : new StringBuilder();
        int at = open + 1;
        while (true) {
            int quote = line.indexOf('"', at);
            if (quote < 0) {
                return -1;
            }
            if (text != null) {
                text.append(line, at, quote);
            }
            if (quote + 1 < line.length() && line.charAt(quote + 1) == '"') {
                if (text != null) {
                    text.append('"');
                }
                at = quote + 2;
            } else {
                int next = line.indexOf(separator, quote + 1);
                int end = next < 0 ? line.length() : next;
                if (text != null && fields != null) {
                    fields[field] = text.append(line, quote + 1, end).toString();
                }
                return end;
            }
        }
    }

    /**
     * Returns whether a quoted field is still open where this line ends, so that the record goes on in the
     * next line.
     *
     * @param isOpen whether one was open where the line begins
     */
    public static boolean endsOpen(String line, char separator, boolean isOpen) {
        boolean open = isOpen;
        int at = 0;
        while (true) {
            if (!open) {
                if (at < line.length() && line.charAt(at) == '"') {
                    open = true;
                    at++;
                } else {
                    int next = line.indexOf(separator, at);
                    if (next < 0) {
                        return false;
                    }
                    at = next + 1;
                }
                continue;
            }
            int quote = line.indexOf('"', at);
            if (quote < 0) {
                return true;
            }
            if (quote + 1 < line.length() && line.charAt(quote + 1) == '"') {
                at = quote + 2;
            } else {
                open = false;
                int next = line.indexOf(separator, quote + 1);
                if (next < 0) {
                    return false;
                }
                at = next + 1;
            }
        }
    }
}

package discreet.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line of CSV taken apart: commas separate, {@code "} around a field quotes it, {@code ""} inside quotes is one quote
 * (RFC 4180, except that one record is one line). Defined for every string:
 *
 * <ul>
 *   <li>a field that the line does not have is null, and fields beyond the wanted ones are ignored;
 *   <li>a quote inside a field that did not begin with one is itself; text after a closing quote belongs to the field;
 *   <li>a quote that is never closed makes the line no record at all, since nobody can say where its fields end.
 * </ul>
 */
public final class CsvLine {
    private CsvLine() {}

    /** The first {@code wanted} fields, null where missing; or null where the line is no record. */
    public static @Nullable String @Nullable [] parse(String line, int wanted) {
        @Nullable String[] fields = new @Nullable String[wanted];
        int length = line.length();
        int count = 0;
        int at = 0;
        while (true) {
            int end;
            if (at < length && line.charAt(at) == '"') {
                end = quoted(line, at, count < wanted ? fields : null, count);
                if (end < 0) {
                    return null;
                }
            } else {
                end = line.indexOf(',', at);
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

    /** All fields, or null where the line is no record. */
    public static String @Nullable [] parse(String line) {
        // A line has at most one field more than it has commas.
        int most = 1 + (int) line.chars().filter(c -> c == ',').count();
        @Nullable String[] fields = parse(line, most);
        return fields == null
                ? null
                : Arrays.stream(fields).takeWhile(field -> field != null).toArray(String[]::new);
    }

    /** Reads the field whose opening quote is at {@code open}; returns where it ends, or -1 where the quote is not closed. */
    private static int quoted(String line, int open, @Nullable String @Nullable [] fields, int field) {
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
                int comma = line.indexOf(',', quote + 1);
                int end = comma < 0 ? line.length() : comma;
                if (text != null && fields != null) {
                    fields[field] = text.append(line, quote + 1, end).toString();
                }
                return end;
            }
        }
    }
}

package discreet.history;

import discreet.files.IdLimit;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Converts ratings and timestamps from the input into numbers. All functions are total, so no input makes
 * them throw.
 */
public final class RatingParser {
    /** Time of a row without a usable timestamp, which makes it the oldest. */
    public static final long OLDEST = Long.MIN_VALUE;

    /**
     * Smallest magnitude that counts as milliseconds. Times in seconds stay below it until the year 5138, and
     * times in milliseconds have been above it since March 1973.
     */
    public static final long FIRST_MILLIS = 100_000_000_000L;

    /** Stands for bytes that could not be decoded. */
    private static final char REPLACEMENT = '\uFFFD';

    /** Longest text that is parsed. No number and no date needs more characters. */
    private static final int MAX_LENGTH = 64;

    /**
     * A date, optionally with time and offset, such as 2026-11-24, 2026-11-24 10:15 UTC or
     * 2026-11-24T10:15:30.5+01:00.
     */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("[['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[' ']['UTC']['GMT'][XXX][XX][X]]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private RatingParser() {}

    /**
     * Returns the id in a field of CSV, without spaces around it. Returns null if there is none, or it is too
     * long ({@link IdLimit}).
     */
    public static @Nullable String id(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String id = text.strip();
        return id.isEmpty() || !IdLimit.admits(id) || !isWhole(id) ? null : id;
    }

    /**
     * Returns whether a text holds no U+FFFD. This character stands where bytes were not UTF-8, and different
     * ids may have become the same there, so ids that hold it count as missing.
     */
    public static boolean isWhole(String text) {
        return text.indexOf(REPLACEMENT) < 0;
    }

    /**
     * Returns the finite decimal number in the text, 1 for {@code true} and 0 for {@code false}, and null for
     * everything else.
     */
    public static @Nullable Double rating(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String word = text.strip();
        if (word.equalsIgnoreCase("true")) {
            return 1.0;
        }
        return word.equalsIgnoreCase("false") ? Double.valueOf(0) : rating(number(word));
    }

    /**
     * Returns the number if it is finite, and null otherwise. Zero always gets the same sign, so that equal
     * ratings have equal bits.
     */
    public static @Nullable Double rating(@Nullable Double number) {
        return number == null || Double.isNaN(number) || Double.isInfinite(number) ? null : number + 0.0;
    }

    /**
     * Converts a value of a timestamp column into milliseconds since 1970. It accepts numbers of seconds or
     * milliseconds, ISO 8601 text (UTC without an offset), and times without a zone (UTC). Other values give
     * {@link #OLDEST}.
     */
    public static long timestamp(@Nullable Object value) {
        if (value instanceof String text) {
            return ofText(text.strip());
        }
        if (value instanceof LocalDateTime time) {
            return ofLocal(time, ZoneOffset.UTC);
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ofInteger(((Number) value).longValue());
        }
        if (value instanceof BigDecimal || value instanceof Double || value instanceof Float) {
            return ofReal(((Number) value).doubleValue());
        }
        return OLDEST;
    }

    /**
     * Converts a number of seconds or milliseconds into milliseconds. The unit follows from this number
     * alone, because other numbers may belong to other users. Numbers below 100,000,000,000 in magnitude
     * count seconds.
     */
    public static long ofInteger(long number) {
        return number > -FIRST_MILLIS && number < FIRST_MILLIS ? number * 1000 : number;
    }

    /**
     * Does the same as {@link #ofInteger} for a number with a fraction. NaN and infinite numbers give
     * {@link #OLDEST}. A result that does not fit becomes the nearest long.
     */
    public static long ofReal(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return OLDEST;
        }
        return (long) Math.floor(Math.abs(number) < FIRST_MILLIS ? number * 1000 : number);
    }

    private static long ofText(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return OLDEST;
        }
        if (text.length() >= 10 && text.charAt(4) == '-') {
            return ofDate(text);
        }
        Double number = number(text);
        if (number == null) {
            return OLDEST;
        }
        try {
            return ofInteger(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return ofReal(number);
        }
    }

    private static long ofDate(String text) {
        try {
            TemporalAccessor parsed = ISO.parse(text);
            LocalTime time = parsed.query(TemporalQueries.localTime());
            ZoneOffset offset = parsed.query(TemporalQueries.offset());
            LocalDate date = LocalDate.from(parsed);
            return ofLocal(
                    date.atTime(time == null ? LocalTime.MIDNIGHT : time), offset == null ? ZoneOffset.UTC : offset);
        } catch (DateTimeException e) {
            return OLDEST;
        }
    }

    private static long ofLocal(LocalDateTime time, ZoneOffset offset) {
        try {
            return time.toInstant(offset).toEpochMilli();
        } catch (ArithmeticException | DateTimeException e) {
            return OLDEST;
        }
    }

    /** Parses decimal notation only, while Java's own parser would also accept 1f, 0x1p3 and NaN. */
    private static @Nullable Double number(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return null;
            }
        }
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}

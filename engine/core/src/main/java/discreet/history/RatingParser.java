package discreet.history;

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

/** Ratings and timestamps as they come in, turned into numbers by total functions: no input makes one of them throw. */
public final class RatingParser {
    /** A row without a usable timestamp is the oldest. */
    public static final long OLDEST = Long.MIN_VALUE;

    /** Numbers of seconds are smaller than this until the year 5138; numbers of milliseconds are larger since March 1973. */
    public static final long FIRST_MILLIS = 100_000_000_000L;

    /** No number and no date needs more characters. */
    private static final int LONGEST = 64;

    /** A date, a time or not, an offset or not: 2026-11-24, 2026-11-24 10:15, 2026-11-24T10:15:30.5+01:00. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("[['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[' '][XXX][XX][X]]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private RatingParser() {}

    /** The finite decimal number that the text is, or null. */
    public static @Nullable Double rating(@Nullable String text) {
        return text == null ? null : rating(number(text.strip()));
    }

    /** The number where it is finite, or null. Zero has one sign, so that equal ratings are alike. */
    public static @Nullable Double rating(@Nullable Double number) {
        return number == null || Double.isNaN(number) || Double.isInfinite(number) ? null : number + 0.0;
    }

    /**
     * Milliseconds since 1970 of a value of a column of timestamps: numbers of seconds or milliseconds, ISO 8601 text (UTC
     * where it has no offset), a time without a zone (UTC). {@link #OLDEST} where it is none of these.
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
     * Whether a number counts seconds or milliseconds is told from that number alone, never from others (they may be other
     * people's): below 100,000,000,000 in size it counts seconds.
     */
    public static long ofInteger(long number) {
        return number > -FIRST_MILLIS && number < FIRST_MILLIS ? number * 1000 : number;
    }

    public static long ofReal(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return OLDEST;
        }
        return (long) Math.floor(Math.abs(number) < FIRST_MILLIS ? number * 1000 : number);
    }

    private static long ofText(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
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

    /** Decimal notation only: Java's own parser would also take 1f, 0x1p3 and NaN. */
    private static @Nullable Double number(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
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

package discreet.cli.shared;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Formats numbers for readers. */
public final class Figures {
    private Figures() {}

    /**
     * Rounds to four digits, such as 0.5509, 1, 12.3 or 1e-5. For numbers that are neither spent nor left.
     */
    public static String number(double value) {
        return digits(value, RoundingMode.HALF_UP);
    }

    /** Rounds down to four digits, so that what is left of a budget can be asked for as printed. */
    public static String atMost(double value) {
        return digits(value, RoundingMode.DOWN);
    }

    /** Rounds up to four digits: .9999999 becomes 1. For costs, spending and upper limits. */
    public static String atLeast(double value) {
        return digits(value, RoundingMode.UP);
    }

    /** Rounds a price in rho up to six digits. Conversions between rho and epsilon differ in the third. */
    public static String rho(double value) {
        return digits(value, 6, RoundingMode.UP);
    }

    private static String digits(double value, RoundingMode rounding) {
        return digits(value, 4, rounding);
    }

    private static String digits(double value, int digits, RoundingMode rounding) {
        if (!Double.isFinite(value)) {
            return value > 0 ? "unlimited" : String.valueOf(value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value)
                .round(new MathContext(digits, rounding))
                .stripTrailingZeros();
        boolean small = rounded.signum() != 0 && rounded.abs().compareTo(new BigDecimal("0.001")) < 0;
        return small ? scientific(rounded) : rounded.toPlainString();
    }

    private static String scientific(BigDecimal value) {
        DecimalFormat format = new DecimalFormat("0.#####E0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(value).replace('E', 'e');
    }

    /**
     * Formats a released count as a whole number with separators. Noise may make a count negative, which is
     * shown as 0.
     */
    public static String count(double value) {
        return String.format(Locale.ROOT, "%,d", Math.max(0, Math.round(value)));
    }

    /** Rounds a count down, for the lower end of an interval. */
    public static String countAtMost(double value) {
        return count(Math.floor(value));
    }

    /** Rounds a count up, for the upper end of an interval. */
    public static String countAtLeast(double value) {
        return count(Math.ceil(value));
    }

    /** Formats a score in [-1, 1]. */
    public static String score(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** Formats a metric in [0, 1]. */
    public static String metric(double value) {
        return metric(value, RoundingMode.HALF_UP);
    }

    /** Rounds a metric down, for the lower end of an interval. */
    public static String metricAtMost(double value) {
        return metric(value, RoundingMode.FLOOR);
    }

    /** Rounds a metric up, for the upper end of an interval. */
    public static String metricAtLeast(double value) {
        return metric(value, RoundingMode.CEILING);
    }

    private static String metric(double value, RoundingMode rounding) {
        return BigDecimal.valueOf(value).setScale(4, rounding).toPlainString();
    }
}

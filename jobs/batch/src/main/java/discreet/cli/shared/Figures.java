package discreet.cli.shared;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers for readers. */
public final class Figures {
    private Figures() {}

    /** Four digits: 0.5509, 1, 12.3, 1e-5. Of what is neither spent nor left: rounded to the nearest. */
    public static String number(double value) {
        return digits(value, RoundingMode.HALF_UP);
    }

    /** Four digits, never more than there is: what is left of a budget can be asked for as it is printed. */
    public static String atMost(double value) {
        return digits(value, RoundingMode.DOWN);
    }

    /** Four digits, never less than it is: what something costs, is spent, or may come to; 1 where that is .9999999. */
    public static String atLeast(double value) {
        return digits(value, RoundingMode.UP);
    }

    /** A price in rho: six digits, since conversions differ in the third, and never less than it is. */
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

    /** A released count: whole, with separators, never negative however the noise fell. */
    public static String count(double value) {
        return String.format(Locale.ROOT, "%,d", Math.max(0, Math.round(value)));
    }

    /** As {@link #count}, never more than it is: the lower end of an interval. */
    public static String countAtMost(double value) {
        return count(Math.floor(value));
    }

    /** As {@link #count}, never less than it is: the upper end of an interval. */
    public static String countAtLeast(double value) {
        return count(Math.ceil(value));
    }

    /** A score in [-1, 1]. */
    public static String score(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** A metric in [0, 1]. */
    public static String metric(double value) {
        return metric(value, RoundingMode.HALF_UP);
    }

    /** As {@link #metric}, never more than it is: the lower end of an interval. */
    public static String metricAtMost(double value) {
        return metric(value, RoundingMode.FLOOR);
    }

    /** As {@link #metric}, never less than it is: the upper end of an interval. */
    public static String metricAtLeast(double value) {
        return metric(value, RoundingMode.CEILING);
    }

    private static String metric(double value, RoundingMode rounding) {
        return BigDecimal.valueOf(value).setScale(4, rounding).toPlainString();
    }
}

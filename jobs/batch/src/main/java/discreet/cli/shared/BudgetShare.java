package discreet.cli.shared;

import discreet.privacy.Budget;
import discreet.privacy.PrivacyCost;
import java.util.Locale;

/**
 * Says which part of a budget is spent. Parts add up to 100 %, while the epsilon that is spent and the
 * epsilon that is left come to more than the cap, which confuses readers.
 *
 * @param charged what is spent
 */
public record BudgetShare(Budget cap, PrivacyCost charged) {
    /** Far above the error of a share, and below every digit shown. */
    private static final double ROUNDING = 1e-9;

    /** Returns the part that is spent, between 0 and 1. */
    public double value() {
        return cap.share(charged);
    }

    /** Returns the part that is spent, rounded up, such as {@code 5.6 %}. */
    public String spent() {
        return percent(tenths());
    }

    /** Returns the part that is left, rounded down, such as {@code 94.4 %}. */
    public String left() {
        return percent(1000 - tenths());
    }

    /** Says in one sentence why the part is not that of epsilon. Empty if nothing is spent, or everything. */
    public String why() {
        long tenths = tenths();
        if (tenths == 0 || tenths == 1000) {
            return "";
        }
        double epsilon = cap.epsilon(charged);
        return "Epsilon " + Figures.atLeast(epsilon) + " of " + Figures.atLeast(cap.epsilon()) + " is " + spent()
                + " of the budget and not " + percent(Math.round(1000 * epsilon / cap.epsilon()))
                + ": what adds up is rho, which grows nearly as the square of epsilon.";
    }

    private long tenths() {
        return (long) Math.ceil(1000 * value() - ROUNDING);
    }

    private static String percent(long tenths) {
        return tenths % 10 == 0 ? tenths / 10 + " %" : String.format(Locale.ROOT, "%d.%d %%", tenths / 10, tenths % 10);
    }
}

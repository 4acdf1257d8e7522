package discreet.plan;

import discreet.InputException;
import discreet.privacy.Budget;
import java.util.function.Predicate;

/**
 * Searches for the smallest epsilon whose plan is good enough, such as "noise of at most 2". The epsilon has
 * four decimal digits, so it can be printed in full, asked for as printed, and is never less than what the
 * printed number stands for.
 */
public final class SmallestEpsilon {
    private static final long SMALLEST_MANTISSA = 1000;
    private static final int SMALLEST_EXPONENT = -12;
    private static final int LARGEST_EXPONENT = 0; // there rho is at its limit, 2^13

    private final TrainingRequest request;
    private final Budget cap;
    private final Predicate<TrainingPlan> enough;

    private SmallestEpsilon(TrainingRequest request, Budget cap, Predicate<TrainingPlan> enough) {
        this.request = request;
        this.cap = cap;
        this.enough = enough;
    }

    /**
     * Returns the plan at the smallest epsilon that is enough, by bisection over the mantissa, decade by
     * decade.
     *
     * @param request planned at each epsilon tried. Its own epsilon is not used
     * @param cap whose deltas the price is for. Its epsilon is not used
     * @param enough once true, true for every larger epsilon
     * @throws InputException if no epsilon below 10,000 is enough
     */
    public static TrainingPlan search(TrainingRequest request, Budget cap, Predicate<TrainingPlan> enough) {
        return new SmallestEpsilon(request, cap, enough).search();
    }

    private TrainingPlan search() {
        int exponent = SMALLEST_EXPONENT;
        while (!isEnough(decimal(10 * SMALLEST_MANTISSA - 1, exponent))) {
            exponent++;
            if (exponent > LARGEST_EXPONENT) {
                throw new InputException(
                        "Cannot quote: no epsilon below 10,000 gets noise that small. Ask for more noise.");
            }
        }
        long low = SMALLEST_MANTISSA;
        long high = 10 * SMALLEST_MANTISSA - 1;
        while (low < high) {
            long middle = (low + high) / 2;
            if (isEnough(decimal(middle, exponent))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return plan(decimal(high, exponent));
    }

    /** Returns the double that a user gets who types this number. */
    private static double decimal(long mantissa, int exponent) {
        return Double.parseDouble(mantissa + "e" + exponent);
    }

    private TrainingPlan plan(double epsilon) {
        return request.withEpsilon(epsilon).plan(cap);
    }

    private boolean isEnough(double epsilon) {
        // Too small a budget cannot be divided among releases
        return cap.withEpsilon(epsilon).largestRho().units() >= RankingShares.MIN_UNITS && enough.test(plan(epsilon));
    }
}

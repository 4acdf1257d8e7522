package discreet.privacy;

/**
 * Expresses a privacy cost as the success of the best attacker who must find out whether a given user is in
 * the data.
 *
 * <p>Vectors with Gaussian noise of total rho reveal at most as much as one draw from N(0, 1) or N(sqrt(2
 * rho), 1). An attacker who must guess which of the two it was, at even odds, is right with probability at
 * most Phi(sqrt(2 rho) / 2) (Dong, Roth and Su, "Gaussian Differential Privacy", 2022, section 2). For
 * integer noise of the sizes used here the difference is below any digit shown.
 *
 * <p><b>Delta.</b> The delta at which rho is converted to epsilon does not enter, because Phi bounds the
 * attacker for rho itself. Delta that is charged, for item ids that are selected privately, does. Write a for
 * the bound above. By approximate zCDP the output is, on each of the two data sets, a mixture. With weight 1
 * - delta it is an output of the Gaussian kind, and with weight delta it is anything ({@link Composition}).
 * At even odds the best guess is right with probability 1/2 + TV/2, where TV is the total variation distance
 * between the two outputs. That of the parts of weight 1 - delta is at most 2a - 1, and that of the others at
 * most 1. Distance is convex, so TV is at most (1 - delta) (2a - 1) + delta, and the guess is right with
 * probability at most (1 - delta) a + delta. In words, with probability delta the attacker simply knows.
 *
 * <p>Total rho means a number that is fixed before anything is seen, such as what a cap admits. Costs may
 * then even be chosen one after the other (Smith and Thakurta, "Fully Adaptive Composition for Gaussian
 * Differential Privacy", 2022). For what is spent so far, the bound holds strictly only if the released
 * values did not decide how much to spend.
 */
public final class Attacker {

    /**
     * Tolerance of the rounding, in tenths of a percent. This is far above the error of {@link #accuracy},
     * and below every digit shown.
     */
    private static final double ROUNDING = 1e-9;

    private Attacker() {}

    /** Returns the best attacker's probability of being right, between .5 and 1. */
    public static double accuracy(PrivacyCost cost) {
        return accuracy(cost.rho().toDouble(), cost.delta().toDouble());
    }

    /** Does the same for releases that are charged no delta. */
    public static double accuracy(double rho) {
        return accuracy(rho, 0);
    }

    /**
     * Returns the probability for a sum of rho, and a sum of delta that was charged (which is not the delta
     * of an epsilon).
     */
    public static double accuracy(double rho, double delta) {
        if (!(rho >= 0)) {
            throw new IllegalArgumentException("rho must be >= 0. Provided value: " + rho);
        }
        if (!(delta >= 0 && delta <= 1)) {
            throw new IllegalArgumentException("delta must be >= 0 and <= 1. Provided value: " + delta);
        }
        double gaussian = normal(Math.sqrt(2 * rho) / 2);
        return gaussian + delta * (1 - gaussian);
    }

    /**
     * Returns {@link #accuracy(PrivacyCost)} times 100, rounded up to a tenth so that no text claims more
     * protection than there is. A tenth of 0 is left out, as in 70.1 and 55.
     */
    public static String timesIn100(PrivacyCost cost) {
        return inTenths(accuracy(cost));
    }

    /** Does the same for releases that are charged no delta. */
    public static String timesIn100(double rho) {
        return inTenths(accuracy(rho));
    }

    private static String inTenths(double accuracy) {
        long tenths = tenths(accuracy);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    private static long tenths(double accuracy) {
        return (long) Math.ceil(1000 * accuracy - ROUNDING);
    }

    /** Returns {@link #accuracy(PrivacyCost)} in one plain sentence. */
    public static String sentence(PrivacyCost cost) {
        return inWords(accuracy(cost));
    }

    private static String inWords(double accuracy) {
        String often = tenths(accuracy) >= 1000
                ? "practically always"
                : "at most about " + inTenths(accuracy) + " times in 100 (a coin: 50)";
        return "Somebody who knows everyone else's data and must guess whether one given person is in it is right "
                + often + ".";
    }

    /** Computes Phi(x) for x >= 0 to 15 digits (Marsaglia, "Evaluating the Normal Distribution", 2004). */
    private static double normal(double x) {
        if (x > 8.3) {
            return 1;
        }
        double term = x;
        double sum = x;
        for (int k = 3; term > 1e-17 * sum; k += 2) {
            term *= x * x / k;
            sum += term;
        }
        return Math.min(1, .5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
    }
}

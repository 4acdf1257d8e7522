package io.discreet.privacy;

import java.util.Locale;

/**
 * What a price means to a person: how well the best attacker can tell whether that person is in the data.
 *
 * <p>Gaussian releases of total rho are at most as telling as one draw from N(0, 1) or N(sqrt(2 rho), 1). Whoever must guess
 * which, at even odds, is right with probability at most Phi(sqrt(2 rho) / 2): Dong, Roth and Su, "Gaussian Differential
 * Privacy" (2022), section 2; for integer noise of the sizes used here the difference is below any digit shown.
 */
public final class Attacker {

    private Attacker() {}

    /** The best attacker's probability of being right, between .5 and 1. */
    public static double accuracy(double rho) {
        if (!(rho >= 0)) {
            throw new IllegalArgumentException("rho must be >= 0. Provided value: " + rho);
        }
        return normal(Math.sqrt(2 * rho) / 2);
    }

    /** {@link #accuracy} in one plain sentence. */
    public static String sentence(double rho) {
        long percent = Math.round(100 * accuracy(rho));
        String often = percent >= 100
                ? "practically always"
                : String.format(Locale.ROOT, "at most about %d times in 100 (a coin: 50)", percent);
        return "Somebody who knows everyone else's data and must guess whether one given person is in it is right "
                + often + ".";
    }

    /** Phi(x) for x >= 0: Marsaglia, "Evaluating the Normal Distribution" (2004), 15 digits. */
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

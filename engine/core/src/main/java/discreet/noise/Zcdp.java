package discreet.noise;

/**
 * Converts between zero-concentrated differential privacy (rho) and (epsilon, delta). All conversions are
 * OpenDP's own. A rho-zCDP release is (epsilon, delta)-DP for every point of the curve delta(epsilon) = min
 * over alpha of exp((alpha - 1)(alpha rho - epsilon) + alpha ln(1 - 1/alpha)) / (alpha - 1), rounded upward
 * (Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy", 2020, proposition 12).
 */
public final class Zcdp {
    private Zcdp() {}

    /**
     * Returns the smallest epsilon at this delta. It is 0 if delta alone pays, and infinite at delta 0 unless
     * rho is 0.
     *
     * @param rho at least 0
     * @param delta in [0, 1]
     * @throws NoiseException if a parameter is outside its range or the conversion fails
     */
    public static double epsilon(double rho, double delta) {
        return OpenDp.epsilon(rho, delta);
    }

    /**
     * Returns the smallest delta at this epsilon.
     *
     * @param rho at least 0
     * @param epsilon at least 0
     * @throws NoiseException if a parameter is outside its range or the conversion fails
     */
    public static double delta(double rho, double epsilon) {
        return OpenDp.delta(rho, epsilon);
    }

    /**
     * Returns the largest rho that costs at most (epsilon, delta). Below 2^13 it is a multiple of 2^-40, so
     * that it can be kept in those units without rounding. {@code epsilon(largestRho(e, d), d) <= e} and
     * {@code delta(largestRho(e, d), e) <= d} hold for the doubles themselves.
     *
     * @param epsilon finite and above 0
     * @param delta in [0, 1)
     * @return 0 if nothing can be bought
     * @throws NoiseException if a parameter is outside its range
     */
    public static double largestRho(double epsilon, double delta) {
        return OpenDp.largestRho(epsilon, delta);
    }
}

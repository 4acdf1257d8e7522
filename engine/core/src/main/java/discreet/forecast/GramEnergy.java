package discreet.forecast;

import discreet.statistics.ContentBasis;
import discreet.statistics.GramContext;
import discreet.statistics.Head;

/**
 * Estimates the energy of an exact Gram matrix, which is the sum of squares over its upper triangle, from the
 * released one. This is post-processing of released values.
 *
 * <p>The released triangle is the exact one plus independent noise of variance sigma^2 on each of N entries,
 * so the sum of its squares is the exact energy plus N sigma^2 in expectation. The difference is an unbiased
 * estimate. Unlike the denoised spectrum it includes what is below the noise entry by entry. Its standard
 * deviation is sqrt(4 sigma^2 energy + 2 N sigma^4), which is a few eigenvalues at the edge of the noise.
 *
 * @param value estimated energy, in units of the square of one user's squared row norm. Noise may make it
 *     negative
 * @param content the directions that the rows of the matrix lean towards
 */
public record GramEnergy(double value, ContentBasis content) {

    /**
     * Estimates the energy of a sealed Gram matrix.
     *
     * @param values the released integers
     * @param sigma noise on each of them
     * @param context the text that was sealed with them
     * @param items size of the catalogue
     */
    public static GramEnergy of(long[] values, double sigma, String context, int items) {
        GramContext meaning = GramContext.read(context, items);
        double one = meaning.scale().norm2Bound();
        double noise = sigma / one;
        double squares = 0;
        for (long value : values) {
            squares += value / one * (value / one);
        }
        return new GramEnergy(squares - values.length * noise * noise, meaning.content());
    }

    /**
     * Estimates the energy of a triangle over a head, without content.
     *
     * @param noise standard deviation of the noise on each entry
     */
    static GramEnergy of(double[] triangle, double noise, Head head) {
        return new GramEnergy(of(triangle) - triangle.length * noise * noise, ContentBasis.none(head));
    }

    /** Returns the energy of an exact triangle. */
    static double of(double[] triangle) {
        double squares = 0;
        for (double entry : triangle) {
            squares += entry * entry;
        }
        return squares;
    }
}

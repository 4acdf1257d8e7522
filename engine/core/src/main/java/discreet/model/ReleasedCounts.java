package discreet.model;

import discreet.statistics.Head;
import java.util.BitSet;

/**
 * Finds the items whose released count does not stand out, so that perhaps nobody has them. The limit is what
 * the largest of so many counts of nobody would reach, sd sqrt(2 ln items) (Donoho and Johnstone, "Ideal
 * spatial adaptation by wavelet shrinkage", 1994), because the head is chosen by the largest counts.
 *
 * <p>The deviation of the counts follows from those of the other vectors. The number of people gets a
 * hundredth of rho and the Gram matrix 1 / (4 sigma^2), so that the counts get the rest.
 */
final class ReleasedCounts {
    private static final double PEOPLE_SHARE = .01;

    private ReleasedCounts() {}

    /**
     * Returns the share of rho that the counts were released with, at least 0.
     *
     * @param people rho of the number of people
     * @param sigma noise per Gram entry
     */
    static double rho(double people, double sigma) {
        return Math.max(0, people / PEOPLE_SHARE - people - 1 / (4 * sigma * sigma));
    }

    /**
     * Returns the positions of the head whose items have so low a count.
     *
     * @param counts released, one for each item of the catalogue
     * @param sd standard deviation of the noise in each of them
     */
    static BitSet few(double[] counts, double sd, Head head) {
        double limit = sd * Math.sqrt(2 * Math.log(Math.max(counts.length, 2)));
        BitSet few = new BitSet(head.size());
        for (int position = 0; position < head.size(); position++) {
            few.set(position, counts[head.item(position)] <= limit);
        }
        return few;
    }
}

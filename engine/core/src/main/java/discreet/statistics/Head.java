package discreet.statistics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Lists the items over which the Gram matrix is measured. They are the items with the largest released
 * statistic, with their weights and the direction of popularity among them.
 *
 * <p>The head is computed from released values and public parameters, so it costs no privacy. Positions 0 ..
 * size - 1 are in decreasing order of the statistic, and {@link #item} maps a position to the catalogue.
 */
public final class Head implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Scale of the integer popularity direction, on which 2^10 stands for 1. */
    static final int DIRECTION_BITS = 10;

    /** Lower limit applied to a released number of users, which is noisy and may even be negative. */
    public static final int MIN_USERS = 10;

    private static final double WEIGHT_EXPONENT = -.2;

    private final int[] items;
    private final double[] weights;
    private final long[] direction;
    private final long directionNorm2;
    private final int[] positions;

    /**
     * Sets an objective's constants, frozen on validation folds of public data.
     *
     * @param sizeFactor number of head items in units of sqrt(n / sigma)
     * @param statisticFloor smaller statistics are raised to this value before weighting
     */
    public record Rule(double sizeFactor, double statisticFloor) {
        public static final Rule RANKING = new Rule(7, 5);
        public static final Rule RATING = new Rule(10, 1);

        /** Returns the weight of an item with this statistic, max(c, floor)^-0.2. */
        public double weight(double statistic) {
            return StrictMath.pow(Math.max(statistic, statisticFloor), WEIGHT_EXPONENT); // the same result on every JVM
        }
    }

    private Head(int[] items, double[] weights, long[] direction, int catalogueSize) {
        this.items = items;
        this.weights = weights;
        this.direction = direction;
        long norm2 = 0;
        for (long p : direction) {
            norm2 += p * p;
        }
        this.directionNorm2 = norm2;
        this.positions = new int[catalogueSize];
        Arrays.fill(positions, -1);
        for (int position = 0; position < items.length; position++) {
            positions[items[position]] = position;
        }
    }

    /**
     * Chooses the head of a ranking, with {@link Rule#RANKING}.
     *
     * @see #choose(Rule, double[], double, double, int)
     */
    public static Head choose(double[] statistic, double users, double sigma, int maxSize) {
        return choose(Rule.RANKING, statistic, users, sigma, maxSize);
    }

    /**
     * Chooses the head from released values.
     *
     * @param rule constants of the objective
     * @param statistic released item statistic c, one value per item of the catalogue (users, each weighing
     *     1/sqrt(k))
     * @param users released number of users, raised to at least 10
     * @param sigma noise per Gram entry, in units of one user's squared row norm
     * @param maxSize the operator's limit
     */
    public static Head choose(Rule rule, double[] statistic, double users, double sigma, int maxSize) {
        int size = size(rule, users, sigma, statistic.length, maxSize);
        int[] items = IntStream.range(0, statistic.length)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -statistic[item]))
                .limit(size)
                .mapToInt(Integer::intValue)
                .toArray();
        double[] weights = new double[size];
        double[] popularity = new double[size];
        double norm2 = 0;
        for (int position = 0; position < size; position++) {
            double c = statistic[items[position]];
            weights[position] = rule.weight(c);
            popularity[position] = weights[position] * Math.max(c, 0);
            norm2 += popularity[position] * popularity[position];
        }
        long[] direction = new long[size];
        if (norm2 > 0) {
            double scale = (1 << DIRECTION_BITS) / Math.sqrt(norm2);
            for (int position = 0; position < size; position++) {
                direction[position] = (long) Math.floor(popularity[position] * scale);
            }
        }
        return new Head(items, weights, direction, statistic.length);
    }

    /**
     * Returns the number of items in the head that {@link #choose} would choose.
     *
     * @param items number of items in the catalogue
     */
    static int size(double users, double sigma, int items, int maxSize) {
        return size(Rule.RANKING, users, sigma, items, maxSize);
    }

    /** Returns {@link #size(double, double, int, int)} for the given objective. */
    public static int size(Rule rule, double users, double sigma, int items, int maxSize) {
        double wanted = rule.sizeFactor() * Math.sqrt(Math.max(users, MIN_USERS) / sigma);
        return (int) Math.min(Math.min(wanted, items), Math.min(maxSize, PackedTriangle.MAX_ORDER));
    }

    /**
     * Restores a head from its stored parts.
     *
     * @throws IllegalArgumentException if the parts do not belong together
     */
    public static Head of(int[] items, double[] weights, long[] direction, int catalogueSize) {
        if (items.length != weights.length || items.length != direction.length) {
            throw new IllegalArgumentException("items, weights and direction must have the same length");
        }
        if (IntStream.of(items).anyMatch(item -> item < 0 || item >= catalogueSize)
                || IntStream.of(items).distinct().count() != items.length) {
            throw new IllegalArgumentException("items must be distinct indices into the catalogue");
        }
        return new Head(items.clone(), weights.clone(), direction.clone(), catalogueSize);
    }

    /**
     * Returns the same head for another catalogue.
     *
     * @param indices index of each item of this head's catalogue in the other one, all distinct
     * @param catalogueSize number of items in the other catalogue
     */
    public Head remap(int[] indices, int catalogueSize) {
        return of(IntStream.of(items).map(item -> indices[item]).toArray(), weights, direction, catalogueSize);
    }

    /** Returns the number of items in the head. */
    public int size() {
        return items.length;
    }

    /** Returns the number of items in the catalogue that the head was chosen from. */
    public int catalogueSize() {
        return positions.length;
    }

    /** Returns the catalogue index of the item at a position. */
    public int item(int position) {
        return items[position];
    }

    /** Returns the position of an item of the catalogue, or -1 if it is outside the head. */
    public int position(int item) {
        return positions[item];
    }

    /** Returns the positions of those items of a history that are in the head, ascending. */
    int[] positions(int[] history) {
        int[] inHead = new int[history.length];
        int size = 0;
        for (int item : history) {
            int position = positions[item];
            if (position >= 0) {
                inHead[size++] = position;
            }
        }
        inHead = Arrays.copyOf(inHead, size);
        Arrays.sort(inHead);
        return inHead;
    }

    /** Returns the weight w at a position, max(c, floor)^-0.2. */
    public double weight(int position) {
        return weights[position];
    }

    /** Returns the integer popularity direction P at a position, at scale 2^10. */
    public long direction(int position) {
        return direction[position];
    }

    /** Returns |P|^2. If no statistic was positive, P is 0 everywhere and so is this. */
    public long directionNorm2() {
        return directionNorm2;
    }
}

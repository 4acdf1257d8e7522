package discreet.statistics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The items over which tastes are learned: those with the largest released statistic, their weights, and the direction of
 * popularity among them.
 *
 * <p>All of it is computed from released values and public parameters, so it costs nothing. Positions 0 .. size - 1 are in
 * decreasing order of the statistic; {@link #item} leads back to the catalogue.
 */
public final class Head implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Scale of the integer popularity direction: 2^10 stands for 1. */
    static final int DIRECTION_BITS = 10;

    /** What a released number of people, which may be anything, is taken for at least. */
    public static final int FEWEST_PEOPLE = 10;

    private static final double WEIGHT_EXPONENT = -.2;

    private final int[] items;
    private final double[] weights;
    private final long[] direction;
    private final long directionNorm2;
    private final int[] positions;

    /**
     * Constants of an objective, frozen on validation folds of public data.
     *
     * @param sizeFactor how many items the head has, in units of sqrt(n / sigma)
     * @param statisticFloor a statistic below it weighs as if it were so large
     */
    public record Rule(double sizeFactor, double statisticFloor) {
        public static final Rule RANKING = new Rule(7, 5);
        public static final Rule RATING = new Rule(10, 1);

        /** Weight of an item with this statistic: max(c, floor)^-0.2. */
        public double weight(double statistic) {
            return StrictMath.pow(Math.max(statistic, statisticFloor), WEIGHT_EXPONENT); // the same on every JVM
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
     * Chooses the head of a ranking: {@link #choose(Rule, double[], double, double, int)} with {@link Rule#RANKING}.
     */
    public static Head choose(double[] statistic, double people, double sigma, int maxSize) {
        return choose(Rule.RANKING, statistic, people, sigma, maxSize);
    }

    /**
     * Chooses the head.
     *
     * @param rule constants of the objective
     * @param statistic released item statistic c, one value an item of the catalogue (people, each weighing 1/sqrt(k))
     * @param people released number of people; used as at least 10
     * @param sigma noise per Gram entry, in units of one person's row norm
     * @param maxSize the operator's limit
     */
    public static Head choose(Rule rule, double[] statistic, double people, double sigma, int maxSize) {
        int size = size(rule, people, sigma, statistic.length, maxSize);
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
     * How many items the head that {@link #choose} would choose has.
     *
     * @param items number of items of the catalogue
     */
    public static int size(double people, double sigma, int items, int maxSize) {
        return size(Rule.RANKING, people, sigma, items, maxSize);
    }

    /** {@link #size(double, double, int, int)} for another objective. */
    public static int size(Rule rule, double people, double sigma, int items, int maxSize) {
        double wanted = rule.sizeFactor() * Math.sqrt(Math.max(people, FEWEST_PEOPLE) / sigma);
        return (int) Math.min(Math.min(wanted, items), Math.min(maxSize, PackedTriangle.MAX_ORDER));
    }

    /**
     * A head that was chosen before, from its stored parts.
     *
     * @throws IllegalArgumentException if the parts do not belong together
     */
    public static Head of(int[] items, double[] weights, long[] direction, int catalogueSize) {
        if (items.length != weights.length || items.length != direction.length) {
            throw new IllegalArgumentException("items, weights and direction must be of one length");
        }
        if (IntStream.of(items).anyMatch(item -> item < 0 || item >= catalogueSize)
                || IntStream.of(items).distinct().count() != items.length) {
            throw new IllegalArgumentException("items must be distinct indices into the catalogue");
        }
        return new Head(items.clone(), weights.clone(), direction.clone(), catalogueSize);
    }

    /**
     * The same head in another catalogue.
     *
     * @param places where each item of this head's catalogue is in the other one; no two alike
     * @param size number of items there
     */
    public Head moved(int[] places, int size) {
        return of(IntStream.of(items).map(item -> places[item]).toArray(), weights, direction, size);
    }

    /** Number of items in the head. */
    public int size() {
        return items.length;
    }

    /** Number of items in the catalogue that the head was chosen from. */
    public int catalogueSize() {
        return positions.length;
    }

    /** Catalogue index of the item at a position. */
    public int item(int position) {
        return items[position];
    }

    /** Position of an item of the catalogue, or -1 where it is outside the head. */
    public int position(int item) {
        return positions[item];
    }

    /** Positions of those of the items that are in the head, ascending. */
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

    /** Weight w of a position: max(c, floor)^-0.2. */
    public double weight(int position) {
        return weights[position];
    }

    /** Integer popularity direction P at a position, at scale 2^10. */
    public long direction(int position) {
        return direction[position];
    }

    /** |P|^2; 0 where no statistic was positive, and then P is 0 everywhere. */
    public long directionNorm2() {
        return directionNorm2;
    }
}

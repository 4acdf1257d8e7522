package discreet.statistics;

/**
 * Builds one user's integer row over the head, {@code a - D t}, with squared norm at most 4^s. D holds the
 * public {@link Directions}, which are the popularity direction P and, if the rows emphasise content, the
 * directions Phi of a {@link ContentBasis}.
 *
 * <p>The row starts from the user's weighted preferences y = w o x ({@link RowDefinition}). The popularity
 * direction is subtracted, because the item statistic already measures popularity and measuring it again
 * would waste norm. With a content basis, the result is multiplied by .6 I + .4 Phi Phi^T. The row is then
 * scaled to norm 1, which is 2^s in integers.
 *
 * <p><b>Why the bound holds.</b> The floating-point part only proposes {@code a} and {@code t}. Both are
 * integers, and {@link #norm2} computes |a - D t|^2 = |a|^2 - 2 t.(D^T a) + t.(D^T D) t exactly in
 * {@code long} for any such integers. It first shows that every intermediate result is below 2^62, and
 * otherwise reports the row as too large. (An ordinary row is far below. A user whose centred part is at most
 * 10^-6 of |y|^2 gets the empty row, so for s at most 19, |a|^2 is at most 4^s 10^6 &lt; 2^58. By
 * Cauchy-Schwarz the other terms are at most about the same.) A row over the bound is shrunk until it meets
 * the bound, at worst to zero. This happens silently, because an error would be a release.
 *
 * <p>The row is a function of the user's data, of released values and of public values only. Its positions
 * come in ascending order, so it does not depend on how the data are partitioned.
 */
final class RowBuilder {
    private static final double NEARLY_EMPTY = 1e-6;
    private static final int SHRINKS = 32;
    private static final double LARGEST = Math.scalb(1.0, 62);

    private final Head head;
    private final RowScale scale;
    private final Directions directions;
    private final double popularityNorm;
    /**
     * Inner products of the unit popularity direction with the content directions. They differ from 0 by
     * rounding only.
     */
    private final double[] contentAlongPopularity;

    RowBuilder(Head head, RowScale scale) {
        this(head, scale, ContentBasis.none(head));
    }

    RowBuilder(Head head, RowScale scale, ContentBasis content) {
        this.head = head;
        this.scale = scale;
        this.directions = new Directions(head, content);
        this.popularityNorm = Math.sqrt(Math.max(head.directionNorm2(), 1));
        this.contentAlongPopularity = new double[directions.count()];
        for (int c = 1; c < directions.count(); c++) {
            contentAlongPopularity[c] = Math.scalb(directions.product(0, c) / popularityNorm, -ContentBasis.BITS);
        }
    }

    /** Builds the row from the weighted preferences that the objective computed from one user's data. */
    IntegerRow of(Preferences preferences) {
        int[] positions = preferences.positions();
        double[] y = preferences.values();
        double norm2 = 0;
        double alongPopularity = 0;
        for (int x = 0; x < y.length; x++) {
            norm2 += y[x] * y[x];
            alongPopularity += y[x] * head.direction(positions[x]);
        }
        alongPopularity /= popularityNorm;
        double centred2 = norm2 - alongPopularity * alongPopularity;
        if (!(centred2 > NEARLY_EMPTY * norm2)) {
            return IntegerRow.empty(directions.count());
        }
        // Leave room for two errors: truncation moves each entry by less than 1, and rounding t moves the row
        // by at most |D| / 2.
        double room = scale.one()
                - 2 * Math.sqrt(positions.length + 1)
                - (1 << Head.DIRECTION_BITS) * Math.sqrt(directions.count());
        double factor = Math.max(room, 0) / transformedNorm(positions, y, centred2, alongPopularity);
        int[] values = new int[positions.length];
        for (int x = 0; x < values.length; x++) {
            values[x] = (int) (factor * y[x]);
        }
        return shrinkToBound(positions, values);
    }

    /**
     * Returns the divisor of y that gives the row norm 1. It is |y'| without a content basis, and |(.6 I + .4
     * Phi Phi^T) y'| / .6 with one.
     */
    private double transformedNorm(int[] positions, double[] y, double centred2, double alongPopularity) {
        if (directions.count() == 1) {
            return Math.sqrt(centred2);
        }
        double alongContent2 = 0;
        for (int c = 1; c < directions.count(); c++) {
            double along = 0;
            for (int x = 0; x < y.length; x++) {
                along += y[x] * directions.entry(positions[x], c);
            }
            along = Math.scalb(along, -ContentBasis.BITS) - alongPopularity * contentAlongPopularity[c];
            alongContent2 += along * along;
        }
        double ratio = ContentBasis.CONTENT_WEIGHT / ContentBasis.IDENTITY_WEIGHT;
        return Math.sqrt(centred2 + (2 * ratio + ratio * ratio) * alongContent2);
    }

    /** Enforces |a - D t|^2 at most 4^s for any {@code values}, in exact arithmetic. */
    IntegerRow shrinkToBound(int[] positions, int[] values) {
        int[] a = values.clone();
        for (int shrink = 0; shrink < SHRINKS; shrink++) {
            long[] along = directions.along(positions, a);
            long[] t = times(along);
            if (norm2(a, along, t) <= scale.norm2Bound()) {
                return new IntegerRow(positions, a, t);
            }
            for (int x = 0; x < a.length; x++) {
                a[x] -= Integer.signum(a[x]) + a[x] / 128;
            }
        }
        return IntegerRow.empty(directions.count());
    }

    /**
     * Returns how many times each direction is subtracted. Popularity is removed entirely. Content gets a
     * negative multiple, which adds to the row along it.
     */
    private long[] times(long[] along) {
        long[] t = new long[along.length];
        if (head.directionNorm2() > 0) {
            t[0] = (long) Math.rint((double) along[0] / head.directionNorm2());
        }
        double alongPopularity = along[0] / popularityNorm;
        for (int c = 1; c < t.length; c++) {
            double alongContent =
                    Math.scalb((double) along[c], -ContentBasis.BITS) - alongPopularity * contentAlongPopularity[c];
            t[c] = (long) Math.rint(Math.scalb(
                    -ContentBasis.CONTENT_WEIGHT / ContentBasis.IDENTITY_WEIGHT * alongContent, -ContentBasis.BITS));
        }
        return t;
    }

    /**
     * Returns |a - D t|^2 exactly, or {@code Long.MAX_VALUE} if the terms are too large for exact arithmetic
     * in longs.
     */
    long norm2(int[] a, long[] along, long[] t) {
        long norm2 = 0;
        double terms = 0; // sum of absolute values, which bounds every partial sum
        for (int value : a) {
            norm2 += (long) value * value;
            terms += (double) value * value;
        }
        for (int c = 0; c < t.length; c++) {
            norm2 -= 2 * t[c] * along[c];
            terms += Math.abs(2.0 * t[c] * along[c]);
            for (int d = 0; d < t.length; d++) {
                norm2 += t[c] * t[d] * directions.product(c, d);
                terms += Math.abs((double) t[c] * t[d] * directions.product(c, d)) + Math.abs((double) t[c] * t[d]);
            }
        }
        return terms < LARGEST ? norm2 : Long.MAX_VALUE;
    }
}

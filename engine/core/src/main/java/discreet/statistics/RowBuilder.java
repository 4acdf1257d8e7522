package discreet.statistics;

/**
 * Makes one person's integer row over the head: {@code a - D t}, squared norm at most 4^s, D being the public {@link Directions}:
 * popularity P, and where the catalogue is looked at a {@link ContentBasis} Phi.
 *
 * <p>The row is the person's weighted preferences y = w o x ({@link RowDefinition}) with the popularity direction taken out,
 * leaning towards content (multiplied by .6 I + .4 Phi Phi^T, or not at all), scaled to norm 1 (2^s in integers). What popularity explains
 * is known already from the item statistic, so nothing is spent on it.
 *
 * <p><b>Why the bound holds.</b> The floating-point part only proposes {@code a} and {@code t}. They are integers, and
 * {@link #norm2} computes |a - D t|^2 = |a|^2 - 2 t.(D^T a) + t.(D^T D) t exactly in {@code long}: whatever they are, every intermediate
 * result is first shown to be below 2^62, and counts as too large otherwise. (An ordinary row is far below: |a|^2 is at most 4^s 10^6 &lt; 2^58 for
 * s at most 19, since a person whose centred part is below 10^-6 of |y|^2 counts as empty, and by Cauchy-Schwarz the other terms are at most about
 * that.) A row that does not meet the bound is shrunk until it does, at worst to zero: silently, because an error would be a release.
 *
 * <p>The row is a function of the person's data, of released values and of public ones only, and its positions come in ascending order, so
 * it does not depend on how the data are partitioned.
 */
final class RowBuilder {
    private static final double NEARLY_EMPTY = 1e-6;
    private static final int SHRINKS = 32;
    private static final double LARGEST = Math.scalb(1.0, 62);

    private final Head head;
    private final RowScale scale;
    private final Directions directions;
    private final double popularityNorm;
    /** Inner products of the unit popularity direction with those of the content: 0 but for rounding. */
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

    /** The row of a person, from whatever weighted preferences over the head the objective makes of that person's data. */
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
        // Truncation moves each entry by less than 1 and rounding t moves the row by at most |D| / 2: leave room for
        // both
        double room = scale.one()
                - 2 * Math.sqrt(positions.length + 1)
                - (1 << Head.DIRECTION_BITS) * Math.sqrt(directions.count());
        double factor = Math.max(room, 0) / leaningNorm(positions, y, centred2, alongPopularity);
        int[] values = new int[positions.length];
        for (int x = 0; x < values.length; x++) {
            values[x] = (int) (factor * y[x]);
        }
        return shrinkToBound(positions, values);
    }

    /** What y has to be divided by for the row to have norm 1: |y'| where nothing leans, |(.6 I + .4 Phi Phi^T) y'| / .6 otherwise. */
    private double leaningNorm(int[] positions, double[] y, double centred2, double alongPopularity) {
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
        double ratio = ContentBasis.LEAN / ContentBasis.REST;
        return Math.sqrt(centred2 + (2 * ratio + ratio * ratio) * alongContent2);
    }

    /** Enforces |a - D t|^2 at most 4^s for whatever {@code values} are, in exact arithmetic. */
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

    /** How often each direction is taken away: all of popularity, and less than nothing of content, which is to stand out. */
    private long[] times(long[] along) {
        long[] t = new long[along.length];
        if (head.directionNorm2() > 0) {
            t[0] = (long) Math.rint((double) along[0] / head.directionNorm2());
        }
        double alongPopularity = along[0] / popularityNorm;
        for (int c = 1; c < t.length; c++) {
            double alongContent =
                    Math.scalb((double) along[c], -ContentBasis.BITS) - alongPopularity * contentAlongPopularity[c];
            t[c] = (long)
                    Math.rint(Math.scalb(-ContentBasis.LEAN / ContentBasis.REST * alongContent, -ContentBasis.BITS));
        }
        return t;
    }

    /** |a - D t|^2, exact; {@code Long.MAX_VALUE} where the terms are too large to go on in longs. */
    long norm2(int[] a, long[] along, long[] t) {
        long norm2 = 0;
        double terms = 0; // sum of absolute values: what bounds every partial sum
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

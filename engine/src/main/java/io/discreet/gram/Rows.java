package io.discreet.gram;

/**
 * Makes one person's integer row over the head: {@code a - t P}, squared norm at most 4^s.
 *
 * <p>The row is the person's weighted preferences y = w o x ({@link RowDefinition}) with the popularity direction taken out, scaled to norm 1 (2^s
 * in integers). What popularity explains is known already from the item statistic, so nothing is spent on it.
 *
 * <p><b>Why the bound holds.</b> The floating-point part only proposes {@code a} and {@code t}. They are integers, and
 * {@link #norm2} computes |a - t P|^2 = |a|^2 - 2 t (a.P) + t^2 |P|^2 exactly in {@code long}: |a|^2 is at most 4^s 10^6
 * &lt; 2^58 for s at most 19 (a person whose centred part is below 10^-6 of |y|^2 counts as empty; anything above 2^60 is
 * refused before it could overflow), and by Cauchy-Schwarz |t (a.P)| and t^2 |P|^2 are at most about that. A row that does not meet the bound is shrunk until it does, at worst to
 * zero: silently, because an error would be a release.
 *
 * <p>The row is a function of the person's data and of released values only, and its positions come in ascending order, so it
 * does not depend on how the data are partitioned.
 */
final class Rows {
    private static final double NEARLY_EMPTY = 1e-6;
    private static final int SHRINKS = 32;
    private static final long LARGEST_SQUARES = 1L << 60;

    private final Head head;
    private final RowScale scale;

    Rows(Head head, RowScale scale) {
        this.head = head;
        this.scale = scale;
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
        if (head.directionNorm2() > 0) {
            alongPopularity /= Math.sqrt(head.directionNorm2());
        }
        double centred2 = norm2 - alongPopularity * alongPopularity;
        if (!(centred2 > NEARLY_EMPTY * norm2)) {
            return IntegerRow.EMPTY;
        }
        // Truncation moves each entry by less than 1 and rounding t moves the row by at most |P| / 2: leave room for
        // both
        double room = scale.one() - 2 * Math.sqrt(positions.length + 1) - (1 << Head.DIRECTION_BITS);
        double factor = Math.max(room, 0) / Math.sqrt(centred2);
        int[] values = new int[positions.length];
        for (int x = 0; x < values.length; x++) {
            values[x] = (int) (factor * y[x]);
        }
        return shrinkToBound(positions, values);
    }

    /** Enforces |a - t P|^2 at most 4^s for whatever {@code values} are, in exact arithmetic. */
    IntegerRow shrinkToBound(int[] positions, int[] values) {
        int[] a = values.clone();
        for (int shrink = 0; shrink < SHRINKS; shrink++) {
            long t = popularityIn(positions, a);
            if (norm2(positions, a, t) <= scale.norm2Bound()) {
                return new IntegerRow(positions, a, t);
            }
            for (int x = 0; x < a.length; x++) {
                a[x] -= Integer.signum(a[x]) + a[x] / 128;
            }
        }
        return IntegerRow.EMPTY;
    }

    private long popularityIn(int[] positions, int[] a) {
        return head.directionNorm2() == 0
                ? 0
                : (long) Math.rint((double) dotDirection(positions, a) / head.directionNorm2());
    }

    /** |a - t P|^2, exact; {@code Long.MAX_VALUE} where |a|^2 alone is too large to go on in longs. */
    long norm2(int[] positions, int[] a, long t) {
        long squares = 0;
        for (int value : a) {
            squares += (long) value * value;
            if (squares > LARGEST_SQUARES) {
                return Long.MAX_VALUE;
            }
        }
        return squares - 2 * t * dotDirection(positions, a) + t * t * head.directionNorm2();
    }

    private long dotDirection(int[] positions, int[] a) {
        long dot = 0;
        for (int x = 0; x < a.length; x++) {
            dot += a[x] * head.direction(positions[x]);
        }
        return dot;
    }
}

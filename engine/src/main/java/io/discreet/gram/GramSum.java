package io.discreet.gram;

import java.util.Arrays;

/**
 * Exact sum over people of the strict upper triangle of (a - t P)(a - t P)^T.
 *
 * <p>P is dense and the same for everybody, so it stays out of the inner loop: the sum is
 *
 * <pre>  sum a a^T - v P^T - P v^T + q P P^T,   v = sum t a,   q = sum t^2</pre>
 *
 * and a person with k items in the head costs k (k - 1) / 2 integer multiply-adds. The partial sums are one array of longs,
 * the packed triangle of sum a a^T, then v, then q ({@link #length}); arrays of several partitions are added entry
 * by entry in any order, and {@link #finish} puts them together.
 *
 * <p><b>Wrap-around is meant.</b> Everything is added modulo 2^64, which is associative and exact. A partial sum may pass
 * 2^63; the final entry cannot ({@link RowScale#forPeople}), and so it comes out right. Checked addition would turn one
 * person's row into an error, which is a release.
 *
 * @param <P> one person's data, of which a {@link RowDefinition} makes a row
 */
public final class GramSum<P> implements Summand<P> {
    private static final long serialVersionUID = 1L;

    private final Head head;
    private final RowScale scale;
    private final RowDefinition<P> definition;

    GramSum(Head head, RowScale scale, RowDefinition<P> definition) {
        this.head = head;
        this.scale = scale;
        this.definition = definition;
    }

    /** Of a ranking: people come as distinct catalogue indices. */
    public static GramSum<int[]> ranking(Head head, RowScale scale) {
        return new GramSum<>(head, scale, new RankingRows(head));
    }

    /**
     * Of a rating model.
     *
     * @param expected what each item of the catalogue is expected to get: mean plus bias, released
     * @param biasVariances what is not known of each bias
     */
    public static GramSum<RatedHistory> rating(Head head, RowScale scale, double[] expected, double[] biasVariances) {
        double[] certainty =
                Arrays.stream(biasVariances).map(Residuals::certainty).toArray();
        return new GramSum<>(head, scale, new RatingRows(head, expected, certainty));
    }

    /** Triangle, v and q. */
    @Override
    public int length() {
        return PackedTriangle.length(head.size()) + head.size() + 1;
    }

    @Override
    public Partial start() {
        return new Partial();
    }

    /** The exact triangle from the sum of all partial sums (length {@link #length}); units of 4^-s. */
    public long[] finish(long[] summed) {
        int order = head.size();
        int triangle = PackedTriangle.length(order);
        long q = summed[triangle + order];
        long[] result = Arrays.copyOf(summed, triangle);
        for (int i = 0; i < order; i++) {
            long pi = head.direction(i);
            long vi = summed[triangle + i];
            int base = PackedTriangle.rowBase(i, order);
            for (int j = i + 1; j < order; j++) {
                long pj = head.direction(j);
                result[base + j] += q * pi * pj - vi * pj - pi * summed[triangle + j];
            }
        }
        return result;
    }

    /** Sum over the people of one partition. */
    public final class Partial implements Summand.Partial<P> {
        private final Rows rows = new Rows(head, scale);
        private final int triangle = PackedTriangle.length(head.size());
        private final int[] rowBase = new int[head.size()];
        private final long[] sums = new long[length()];

        private Partial() {
            for (int row = 0; row < rowBase.length; row++) {
                rowBase[row] = PackedTriangle.rowBase(row, head.size());
            }
        }

        @Override
        public void add(P person) {
            add(rows.of(definition.of(person)));
        }

        void add(IntegerRow row) {
            int[] positions = row.positions();
            int[] values = row.values();
            for (int x = 0; x < positions.length; x++) {
                int base = rowBase[positions[x]];
                long value = values[x];
                for (int y = x + 1; y < positions.length; y++) {
                    sums[base + positions[y]] += value * values[y];
                }
                sums[triangle + positions[x]] += row.t() * value;
            }
            sums[sums.length - 1] += row.t() * row.t();
        }

        @Override
        public long[] sums() {
            return sums;
        }
    }
}

package discreet.statistics;

import discreet.history.RatedHistory;
import java.util.Arrays;

/**
 * Sums the strict upper triangle of (a - D t)(a - D t)^T over users, exactly.
 *
 * <p>D, the {@link Directions}, is dense and the same for all users, so it stays out of the inner loop. The
 * sum is
 *
 * <pre>  sum a a^T - V D^T - D V^T + D Q D^T,   V = sum a t^T,   Q = sum t t^T</pre>
 *
 * <p>A user with k items in the head costs k (k - 1) / 2 integer multiply-adds ({@link TriangleSum}), and k r
 * + r^2 more with r directions. The partial sums are one array of {@link #length} longs, which holds the
 * packed triangle of sum a a^T, then V direction by direction, then Q. Arrays of several partitions may be
 * added entry by entry in any order, and {@link #finish} assembles the result.
 *
 * <p><b>Wrap-around is intended.</b> All additions are modulo 2^64, which is associative and exact. A partial
 * sum may pass 2^63. The final entry does not ({@link RowScale#forUsers}), so it comes out right. If it did,
 * its sensitivity would still be what is charged ({@link discreet.ledger.Exact}). Checked
 * addition would turn one user's row into an error, and an error is a release.
 *
 * @param <P> one user's data, which a {@link RowDefinition} turns into a row
 */
public final class GramSum<P> implements UserAggregator<P> {
    private static final long serialVersionUID = 1L;

    private final Head head;
    private final RowScale scale;
    private final ContentBasis content;
    private final Directions directions;
    private final RowDefinition<P> definition;

    GramSum(Head head, RowScale scale, RowDefinition<P> definition) {
        this(head, scale, ContentBasis.none(head), definition);
    }

    private GramSum(Head head, RowScale scale, ContentBasis content, RowDefinition<P> definition) {
        this.head = head;
        this.scale = scale;
        this.content = content;
        this.directions = new Directions(head, content);
        this.definition = definition;
    }

    /** Returns the sum for a ranking, whose users come as distinct catalogue indices. */
    public static GramSum<int[]> ranking(Head head, RowScale scale) {
        return ranking(head, scale, ContentBasis.none(head));
    }

    /** Returns the sum for a ranking whose rows emphasise content. */
    public static GramSum<int[]> ranking(Head head, RowScale scale, ContentBasis content) {
        return new GramSum<>(head, scale, content, new RankingRows(head));
    }

    /**
     * Returns the sum for a rating model.
     *
     * @param expected released mean plus bias of each item of the catalogue
     * @param biasVariances posterior variance of each bias
     */
    public static GramSum<RatedHistory> rating(Head head, RowScale scale, double[] expected, double[] biasVariances) {
        double[] certainty =
                Arrays.stream(biasVariances).map(Residuals::certainty).toArray();
        return new GramSum<>(head, scale, ContentBasis.none(head), new RatingRows(head, expected, certainty));
    }

    /** Returns the number of longs in the triangle, V and Q. */
    @Override
    public int length() {
        int count = directions.count();
        return PackedTriangle.length(head.size()) + head.size() * count + count * count;
    }

    @Override
    public Partial start() {
        return new Partial();
    }

    /**
     * Assembles the exact triangle from the sum of all partial sums.
     *
     * @param summed entry-by-entry sum of the partial sums, of length {@link #length}
     * @return the packed triangle, in units of 4^-s
     */
    public long[] finish(long[] summed) {
        int order = head.size();
        int count = directions.count();
        int triangle = PackedTriangle.length(order);
        int q = triangle + order * count;
        long[] result = Arrays.copyOf(summed, triangle);
        long[] row = new long[count];
        for (int i = 0; i < order; i++) {
            for (int d = 0; d < count; d++) {
                row[d] = -summed[triangle + d * order + i];
                for (int c = 0; c < count; c++) {
                    row[d] += directions.entry(i, c) * summed[q + c * count + d];
                }
            }
            int base = PackedTriangle.rowBase(i, order);
            for (int j = i + 1; j < order; j++) {
                long entry = 0;
                for (int d = 0; d < count; d++) {
                    entry +=
                            row[d] * directions.entry(j, d) - directions.entry(i, d) * summed[triangle + d * order + j];
                }
                result[base + j] += entry;
            }
        }
        return result;
    }

    /** Accumulates the sum over the users of one partition. */
    public final class Partial implements UserAggregator.Partial<P> {
        private final RowBuilder rows = new RowBuilder(head, scale, content);
        private final long[] sums = new long[length()];
        private final TriangleSum triangle = new TriangleSum(sums, head.size());

        private Partial() {}

        @Override
        public void add(P user) {
            add(rows.of(definition.of(user)));
        }

        void add(IntegerRow row) {
            triangle.add(row.positions(), row.values());
            int[] positions = row.positions();
            int[] values = row.values();
            long[] t = row.t();
            int order = head.size();
            int v = PackedTriangle.length(order);
            for (int c = 0; c < t.length; c++) {
                for (int x = 0; x < positions.length; x++) {
                    sums[v + c * order + positions[x]] += t[c] * values[x];
                }
            }
            int q = v + order * t.length;
            for (int c = 0; c < t.length; c++) {
                for (int d = 0; d < t.length; d++) {
                    sums[q + c * t.length + d] += t[c] * t[d];
                }
            }
        }

        @Override
        public long[] sums() {
            triangle.flush();
            return sums;
        }
    }
}

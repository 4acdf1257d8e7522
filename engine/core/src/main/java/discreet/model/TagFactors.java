package discreet.model;

import discreet.catalogue.ItemTags;
import discreet.statistics.Head;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * What the tags of an item say about who likes it: the factors of the head's items, regressed on their tags. Gives a factor to every
 * item that has a tag in common with the head: one outside the head, about which the releases say little, or one that is newer than the
 * model.
 *
 * <p>With F the head's factors (size x rank) and X its tags (size x (1 + tags), a leading 1):
 *
 * <pre>  B = (X^T X + 3 I)^-1 X^T F   (no penalty on the leading 1),   factor of an item = B_0 + sum of B_t over its tags</pre>
 *
 * <p>Rows are weighted alike, since noise is alike in every row of the released matrix. The ridge was chosen on the validation people of
 * MovieLens 1M at epsilon 1, 5 and 20, where 1 to 10 make no difference that can be measured, and weights by count do harm.
 *
 * <p>Post-processing: computed from released values and the public catalogue alone, so it costs no budget.
 */
final class TagFactors implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final double RIDGE = 3;

    private static final double LEADING_RIDGE = 1e-9; // only so that an empty head can be solved, too

    private final int rank;
    private final double[] coefficients;
    private final int[][] tags;
    private final double unexplained;

    private TagFactors(int rank, double[] coefficients, int[][] tags, double unexplained) {
        this.rank = rank;
        this.coefficients = coefficients;
        this.tags = tags;
        this.unexplained = unexplained;
    }

    /** For a catalogue that says nothing. */
    static TagFactors none(int items) {
        return new TagFactors(0, new double[0], new int[items][0], 0);
    }

    /**
     * The regression.
     *
     * @param all tags of the catalogue
     * @param factor factors of the head's items, head size x rank, row-major
     * @param gain what each component counts
     */
    static TagFactors fit(ItemTags all, Head head, double[] factor, double[] gain) {
        int rank = gain.length;
        int[][] tags = seen(all, head);
        int columns = 1
                + IntStream.range(0, tags.length)
                        .flatMap(item -> Arrays.stream(tags[item]))
                        .max()
                        .orElse(0);
        if (rank == 0 || columns == 1) {
            return none(tags.length);
        }
        double[] coefficients = solve(tags, head, factor, rank, columns);
        TagFactors fitted = new TagFactors(rank, coefficients, tags, 0);
        return new TagFactors(rank, coefficients, tags, fitted.residual(head, factor, gain));
    }

    /** Of each item the columns of those tags that an item of the head has, from 1. */
    private static int[][] seen(ItemTags all, Head head) {
        boolean[] inHead = new boolean[all.count()];
        for (int position = 0; position < head.size(); position++) {
            for (int tag : all.of(head.item(position))) {
                inHead[tag] = true;
            }
        }
        int[] columns = new int[all.count()];
        int column = 0;
        for (int tag = 0; tag < columns.length; tag++) {
            columns[tag] = inHead[tag] ? ++column : 0;
        }
        int[][] tags = new int[all.items()][];
        for (int item = 0; item < tags.length; item++) {
            tags[item] = Arrays.stream(all.of(item))
                    .map(tag -> columns[tag])
                    .filter(known -> known > 0)
                    .toArray();
        }
        return tags;
    }

    private static double[] solve(int[][] tags, Head head, double[] factor, int rank, int columns) {
        DMatrixRMaj normal = new DMatrixRMaj(columns, columns);
        DMatrixRMaj right = new DMatrixRMaj(columns, rank);
        for (int position = 0; position < head.size(); position++) {
            int[] row = withLeading(tags[head.item(position)]);
            for (int one : row) {
                for (int other : row) {
                    normal.add(one, other, 1);
                }
                for (int component = 0; component < rank; component++) {
                    right.add(one, component, factor[position * rank + component]);
                }
            }
        }
        normal.add(0, 0, LEADING_RIDGE);
        for (int column = 1; column < columns; column++) {
            normal.add(column, column, RIDGE);
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(columns);
        DMatrixRMaj solution = new DMatrixRMaj(columns, rank);
        if (!solver.setA(normal)) {
            throw new IllegalStateException("a Gram matrix with a ridge is positive definite");
        }
        solver.solve(right, solution);
        return solution.data;
    }

    private static int[] withLeading(int[] tags) {
        int[] row = new int[tags.length + 1];
        System.arraycopy(tags, 0, row, 1, tags.length);
        return row;
    }

    /** Mean over the head of what the regression leaves of an item's squared length. */
    private double residual(Head head, double[] factor, double[] gain) {
        double sum = 0;
        for (int position = 0; position < head.size(); position++) {
            double[] fitted = of(head.item(position));
            for (int component = 0; component < rank; component++) {
                double left = factor[position * rank + component] - fitted[component];
                sum += gain[component] * left * left;
            }
        }
        return sum / head.size();
    }

    /** Whether the item has a tag that an item of the head has. Where it has none, nothing can be said and nothing is made up. */
    boolean has(int item) {
        return tags[item].length > 0;
    }

    /** The factor of an item with tags, one entry a component. */
    double[] of(int item) {
        double[] sum = Arrays.copyOf(coefficients, rank);
        for (int tag : tags[item]) {
            for (int component = 0; component < rank; component++) {
                sum[component] += coefficients[tag * rank + component];
            }
        }
        return sum;
    }

    /** The products of all rows of B with a vector: with them, an item costs as many additions as it has tags. */
    double[] along(double[] vector) {
        double[] products = new double[rank == 0 ? 0 : coefficients.length / rank];
        for (int row = 0; row < products.length; row++) {
            for (int component = 0; component < rank; component++) {
                products[row] += coefficients[row * rank + component] * vector[component];
            }
        }
        return products;
    }

    /** The product of an item's factor with the vector that {@link #along} was given. */
    double product(int item, double[] along) {
        double sum = along[0];
        for (int tag : tags[item]) {
            sum += along[tag];
        }
        return sum;
    }

    /**
     * How much of an item's squared length (with gains) its tags do not tell, on average. What is not known of an item belongs to its
     * length: a mean of many is close to all of them and like none of them.
     */
    double unexplained() {
        return unexplained;
    }
}

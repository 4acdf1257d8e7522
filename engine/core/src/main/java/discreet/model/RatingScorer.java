package discreet.model;

import discreet.catalogue.ItemTags;
import discreet.catalogue.ListRules;
import discreet.history.HistoryForm;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import discreet.history.UserHistory;
import discreet.statistics.BiasPrior;
import discreet.statistics.Residuals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/**
 * Predicts a user's ratings from the user's own ratings and a released rating model. Lists, evaluations and
 * {@code predict} all use this class. With F the {@link RatingFeatures} of the items and L their penalties, a
 * user's factors u are the ridge regression of the user's own ratings, less mean and item bias. Nothing is
 * stored:
 *
 * <pre>
 *   (F^T W F + L) u = F^T W (z - mu - b),   W = 1 / (1 + v / .15)
 *   prediction = mu + b_j + F_j u, clipped to the range
 * </pre>
 *
 * over all rows of the user. W trusts an item less if its bias is uncertain, v being the variance of the
 * bias ({@link Residuals#certainty}). A user without ratings has u = 0, and the prediction is mu + b_j.
 * Predictions are always finite and inside the range.
 *
 * <p>Cost: with d features (3, at most 60 components, and the tags) a user with k ratings costs k d^2 / 2 +
 * d^3 / 3 multiply-adds, and each prediction d more.
 *
 * <p>Immutable and thread-safe. A batch job broadcasts it once.
 */
public final class RatingScorer implements Recommender<RatedHistory> {
    private static final long serialVersionUID = 1L;

    private final RatingRange range;
    private final double mean;
    private final double[] biases;
    private final double[] trust;
    private final RatingFeatures features;
    private final double[] penalties;
    private final RelatedItems related;

    /** Creates the scorer of a released model. */
    public RatingScorer(RatingModel model) {
        this.range = model.ratingRange();
        this.mean = model.mean();
        this.biases = model.biases().clone();
        this.trust =
                Arrays.stream(model.biasVariances()).map(Residuals::certainty).toArray();
        this.features = new RatingFeatures(model);
        this.penalties = features.penalties();
        this.related = features.related(
                ItemTags.of(model.catalogue()), ReleasedCounts.few(model.counts(), model.countSd(), model.head()));
    }

    @Override
    public HistoryForm<RatedHistory> historyForm() {
        return HistoryForm.ofRatings(range);
    }

    @Override
    public String scoreName() {
        return "predicted rating";
    }

    /** Returns the number of items of the catalogue. */
    public int items() {
        return biases.length;
    }

    /**
     * Predicts ratings.
     *
     * @param own the user's own ratings, possibly none
     * @param items catalogue indices. A negative index means an item off the catalogue, which is predicted
     *     as an average item
     * @return one prediction per item, inside the range
     */
    public double[] predict(RatedHistory own, int[] items) {
        double[] userFactors = userFactors(own);
        double[] row = new double[userFactors.length];
        return Arrays.stream(items)
                .mapToDouble(item -> range.rating(unit(item, userFactors, row)))
                .toArray();
    }

    /**
     * {@inheritDoc} Scores are predicted ratings. An item that the model knows nothing about is in no list,
     * since its score would be made up. {@link ListBuilder} describes reserved places.
     */
    @Override
    public List<Recommendation> recommend(UserHistory<RatedHistory> user, ListRules rules) {
        RatedHistory own = user.counted();
        double[] userFactors = userFactors(own);
        double[] row = new double[userFactors.length];
        double[] units = new double[biases.length];
        int most = Math.min(rules.length(), biases.length);
        TopK best = new TopK(most);
        boolean known = own.size() > 0;
        TopK reserve = new TopK(known && rules.reserved() > 0 ? most : 0);
        for (int item = 0; item < units.length; item++) {
            boolean leftOut = !rules.listSeen() && user.hasSeen(item);
            if (rules.allows(item) && !leftOut && !features.isUnknown(item)) {
                units[item] = unit(item, userFactors, row);
                // Compared before clipping, since of two items at the end of the range one may still be
                // better
                best.offer(units[item], item);
                if (features.hasTagFactors(item)) {
                    reserve.offer(units[item], item);
                }
            }
        }
        RecommendationSource source = known ? RecommendationSource.MODEL : RecommendationSource.POPULAR;
        return ListBuilder.of(best.items(), reserve.items(), rules)
                .list((item, fromReserve) -> new Recommendation(
                        item, range.rating(units[item]), fromReserve ? RecommendationSource.TAGS : source));
    }

    /**
     * {@inheritDoc} Parts are in ratings. Factors are linear in the user's ratings, so each rating has a
     * part of its own: F_i (F^T W F + L)^-1 F_j^T W_j (z_j - mu - b_j).
     *
     * @param item as in {@link #predict}
     */
    @Override
    public Explanation explain(RatedHistory own, int item) {
        double[] row = new double[features.count()];
        features.fill(item, row);
        double[] towards = own.size() == 0 ? null : solved(normal(own), row.clone());
        double half = (range.high() - range.low()) / 2;
        List<Explanation.Contribution> history = new ArrayList<>(own.size());
        double sum = 0;
        for (int at = 0; at < own.size(); at++) {
            int rated = own.items()[at];
            features.fill(rated, row);
            double unit = towards == null ? 0 : trust[rated] * residual(own, at) * dot(row, towards);
            history.add(new Explanation.Contribution(rated, half * unit));
            sum += unit;
        }
        double unclipped = mean + bias(item) + sum;
        double prediction = range.rating(unclipped);
        return new Explanation(
                item,
                prediction,
                own.size() > 0 ? RecommendationSource.MODEL : RecommendationSource.POPULAR,
                history,
                List.of(
                        new Explanation.Common("mean rating", range.low() + half * (1 + mean)),
                        new Explanation.Common("how this item is rated", half * bias(item)),
                        new Explanation.Common(
                                "end of the range", prediction - (range.low() + half * (1 + unclipped)))));
    }

    /** {@inheritDoc} The source is that of the place, and the score is the item's own prediction. */
    @Override
    public Explanation explain(RatedHistory own, Recommendation place) {
        Explanation why = explain(own, place.item());
        return new Explanation(why.item(), why.score(), place.source(), why.history(), why.common());
    }

    @Override
    public List<Recommendation> related(int item, ListRules rules) {
        return related.of(item, rules);
    }

    @Override
    public KnownBy knownBy(int item) {
        return related.knownBy(item);
    }

    /** Returns a prediction in units, not clipped. */
    private double unit(int item, double[] userFactors, double[] row) {
        features.fill(item, row);
        return mean + bias(item) + dot(row, userFactors);
    }

    private double bias(int item) {
        return item < 0 ? BiasPrior.UNKNOWN_BIAS : biases[item];
    }

    private static double dot(double[] row, double[] weights) {
        double sum = 0;
        for (int feature = 0; feature < row.length; feature++) {
            sum += row[feature] * weights[feature];
        }
        return sum;
    }

    private double residual(RatedHistory own, int at) {
        return own.values()[at] - mean - biases[own.items()[at]];
    }

    /** Returns u, the user's weight of each feature. */
    private double[] userFactors(RatedHistory own) {
        double[] right = new double[features.count()];
        if (own.size() == 0) {
            return right;
        }
        double[] row = new double[right.length];
        for (int at = 0; at < own.size(); at++) {
            int item = own.items()[at];
            features.fill(item, row);
            double weighted = trust[item] * residual(own, at);
            for (int feature = 0; feature < row.length; feature++) {
                right[feature] += row[feature] * weighted;
            }
        }
        double[] userFactors = solved(normal(own), right);
        return userFactors == null ? new double[right.length] : userFactors;
    }

    /** Returns F^T W F + L over the user's own rows. */
    private DMatrixRMaj normal(RatedHistory own) {
        int size = features.count();
        DMatrixRMaj normal = new DMatrixRMaj(size, size);
        double[] entries = normal.data;
        double[] row = new double[size];
        for (int item : own.items()) {
            features.fill(item, row);
            for (int i = 0; i < size; i++) {
                double weighted = trust[item] * row[i];
                if (weighted != 0) {
                    for (int j = i, at = i * size + i; j < size; j++, at++) {
                        entries[at] += weighted * row[j];
                    }
                }
            }
        }
        for (int i = 0; i < size; i++) {
            entries[i * size + i] += penalties[i];
            for (int j = 0; j < i; j++) {
                entries[i * size + j] = entries[j * size + i];
            }
        }
        return normal;
    }

    /**
     * Returns the solution in place of the right side, or null if the numbers are too large to solve for.
     * The user is then treated like one without ratings.
     */
    private static double @Nullable [] solved(DMatrixRMaj matrix, double[] right) {
        LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(matrix.numRows);
        DMatrixRMaj side = DMatrixRMaj.wrap(right.length, 1, right);
        if (!cholesky.setA(matrix)) {
            return null;
        }
        cholesky.solve(side, side);
        return IntStream.range(0, right.length).allMatch(i -> Double.isFinite(right[i])) ? right : null;
    }
}

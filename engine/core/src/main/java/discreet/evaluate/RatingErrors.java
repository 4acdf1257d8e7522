package discreet.evaluate;

import java.util.List;

/**
 * Sums up the errors of predictions over all hidden ratings of a hold-out. These figures are exact, so show
 * them for public data only.
 *
 * @param users users with at least one hidden rating
 * @param pairs hidden ratings
 * @param rmse root of the mean squared error, in ratings, or NaN without pairs
 * @param mae mean absolute error, in ratings, or NaN without pairs
 */
public record RatingErrors(int users, long pairs, double rmse, double mae) {

    /**
     * Predicts every hidden rating. Sums are computed for each user and then added in order, so results are
     * bit-identical for any number of threads.
     *
     * @throws RuntimeException if the predictor threw it
     */
    public static RatingErrors of(RatingPredictor predictor, List<RatedUser> users) {
        List<double[]> sums = users.parallelStream()
                .map(user -> sums(predictor.predict(user.history(), user.items()), user.ratings()))
                .toList();
        double squared = 0;
        double absolute = 0;
        long pairs = 0;
        int counted = 0;
        for (int at = 0; at < sums.size(); at++) {
            squared += sums.get(at)[0];
            absolute += sums.get(at)[1];
            pairs += users.get(at).items().length;
            counted += users.get(at).items().length > 0 ? 1 : 0;
        }
        return new RatingErrors(counted, pairs, Math.sqrt(squared / pairs), absolute / pairs);
    }

    /** Returns the sums of squared and of absolute errors. */
    static double[] sums(double[] predicted, double[] ratings) {
        double squared = 0;
        double absolute = 0;
        for (int at = 0; at < ratings.length; at++) {
            double error = predicted[at] - ratings[at];
            squared += error * error;
            absolute += Math.abs(error);
        }
        return new double[] {squared, absolute};
    }
}

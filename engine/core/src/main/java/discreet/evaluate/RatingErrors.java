package discreet.evaluate;

import java.util.List;

/**
 * How far predictions are from ratings, over all hidden ratings of a hold-out. These are exact figures: show them for public data only.
 *
 * @param people people with at least one hidden rating
 * @param pairs hidden ratings
 * @param rmse root of the mean squared error, in ratings; NaN when there are no pairs
 * @param mae mean absolute error, in ratings
 */
public record RatingErrors(int people, long pairs, double rmse, double mae) {

    /**
     * Predicts every hidden rating. Sums are taken over people and then in their order, so the number of threads changes no bit.
     *
     * @throws RuntimeException what the predictor threw, if it did
     */
    public static RatingErrors of(RatingPredictor predictor, List<RatedUser> people) {
        List<double[]> sums = people.parallelStream()
                .map(person -> sums(predictor.predict(person.history(), person.items()), person.ratings()))
                .toList();
        double squared = 0;
        double absolute = 0;
        long pairs = 0;
        int counted = 0;
        for (int at = 0; at < sums.size(); at++) {
            squared += sums.get(at)[0];
            absolute += sums.get(at)[1];
            pairs += people.get(at).items().length;
            counted += people.get(at).items().length > 0 ? 1 : 0;
        }
        return new RatingErrors(counted, pairs, Math.sqrt(squared / pairs), absolute / pairs);
    }

    /** Squared and absolute errors. */
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

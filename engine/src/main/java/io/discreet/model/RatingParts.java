package io.discreet.model;

import java.util.Arrays;

/**
 * What a predicted rating is made of, in ratings: all of it from the released model and the person's own rows. The parts sum to the
 * prediction.
 *
 * @param mean what people rate on average
 * @param itemBias how much better than that this item is rated
 * @param items the person's rated items, ascending
 * @param contributions what the rating of each of them adds
 * @param clipped what keeping the prediction inside the range added; 0 for most
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RatingParts(double mean, double itemBias, int[] items, double[] contributions, double clipped) {

    /** The predicted rating. */
    public double prediction() {
        return mean + itemBias + Arrays.stream(contributions).sum() + clipped;
    }
}

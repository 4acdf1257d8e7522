package discreet.forecast;

import java.util.List;
import java.util.Optional;

/**
 * Lists the expected metrics at each budget for one number of users, between those of two recommenders
 * without privacy.
 *
 * @param users number of users in training
 * @param resampled whether users count more than once, because the data has fewer
 * @param points in increasing order of epsilon
 * @param floor popularity by exact counts
 * @param ceiling EASE on exact co-occurrences, or empty if the catalogue is too large for it
 */
public record Curve(int users, boolean resampled, List<Point> points, Estimate floor, Optional<Estimate> ceiling) {
    public Curve {
        points = List.copyOf(points);
        for (int at = 1; at < points.size(); at++) {
            if (!(points.get(at - 1).epsilon() < points.get(at).epsilon())) {
                throw new IllegalArgumentException("points must be in increasing order of epsilon");
            }
        }
    }

    /** Pairs an epsilon with the estimate for its trainings. */
    public record Point(double epsilon, Estimate estimate) {}
}

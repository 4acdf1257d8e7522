package discreet.forecast;

import java.util.List;
import java.util.Optional;

/**
 * What to expect at each budget for one number of people, between the two recommenders that promise nobody anything.
 *
 * @param people how many train
 * @param resampled whether people count more than once, because the data has fewer
 * @param points in increasing order of epsilon
 * @param floor popularity by exact counts
 * @param ceiling EASE on exact co-occurrences; empty where the catalogue is too large for it
 */
public record Curve(int people, boolean resampled, List<Point> points, Estimate floor, Optional<Estimate> ceiling) {
    public Curve {
        points = List.copyOf(points);
        for (int at = 1; at < points.size(); at++) {
            if (!(points.get(at - 1).epsilon() < points.get(at).epsilon())) {
                throw new IllegalArgumentException("points must be in increasing order of epsilon");
            }
        }
    }

    /** One budget. */
    public record Point(double epsilon, Estimate estimate) {}
}

package discreet.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects measured recall and NDCG, by epsilon, and turns them into a {@link Curve}. The trainings are real
 * ones on public data or simulated ones on invented users.
 */
public final class Trials {
    private final SortedMap<Double, List<Measurement>> trained = new TreeMap<>();
    private final List<Measurement> floor = new ArrayList<>();
    private final List<Measurement> ceiling = new ArrayList<>();

    /** Adds a measurement of a training at this epsilon. */
    public void add(double epsilon, Measurement draw) {
        trained.computeIfAbsent(epsilon, any -> new ArrayList<>()).add(draw);
    }

    /** Adds a measurement of popularity by exact counts. */
    public void addFloor(Measurement draw) {
        floor.add(draw);
    }

    /** Adds a measurement of EASE without noise. */
    public void addCeiling(Measurement draw) {
        ceiling.add(draw);
    }

    /**
     * Returns the curve of the added measurements, which include at least one draw of the floor and of a
     * budget. Its bands cover the draws and the tested users.
     *
     * @param users number of users in training
     * @param resampled whether users count more than once, because the data has fewer
     */
    public Curve curve(int users, boolean resampled) {
        return curve(users, resampled, 0);
    }

    /**
     * Returns the curve with all bands widened.
     *
     * @param margin by how much either end of a band moves, in units of the metric, because real users differ
     *     from invented ones. No draw of users and noise shows that error
     */
    Curve curve(int users, boolean resampled, double margin) {
        List<Curve.Point> points = new ArrayList<>();
        trained.forEach((epsilon, draws) -> points.add(new Curve.Point(epsilon, Estimate.of(draws, margin))));
        return new Curve(
                users,
                resampled,
                points,
                Estimate.of(floor, margin),
                ceiling.isEmpty() ? Optional.empty() : Optional.of(Estimate.of(ceiling, margin)));
    }
}

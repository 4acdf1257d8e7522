package discreet.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleFunction;

/** Gathers measurements of real trainings on public users into a curve. */
public final class Trials {
    private final SortedMap<Double, List<Measurement>> trained = new TreeMap<>();
    private final List<Measurement> floor = new ArrayList<>();
    private final List<Measurement> ceiling = new ArrayList<>();

    public void add(double epsilon, Measurement draw) {
        trained.computeIfAbsent(epsilon, any -> new ArrayList<>()).add(draw);
    }

    public void addFloor(Measurement draw) {
        floor.add(draw);
    }

    public void addCeiling(Measurement draw) {
        ceiling.add(draw);
    }

    /**
     * Returns the curve of the added measurements, which include at least one draw of the floor and of a
     * budget. Its bands cover the draws and the tested users.
     */
    public Curve curve(int users, boolean resampled) {
        return curve(users, resampled, epsilon -> ForecastMargin.NONE, ForecastMargin.NONE, ForecastMargin.NONE);
    }

    Curve curve(
            int users,
            boolean resampled,
            DoubleFunction<ForecastMargin> margin,
            ForecastMargin least,
            ForecastMargin most) {
        List<Curve.Point> points = new ArrayList<>();
        trained.forEach(
                (epsilon, draws) -> points.add(new Curve.Point(epsilon, Estimate.of(draws, margin.apply(epsilon)))));
        return new Curve(
                users,
                resampled,
                points,
                Estimate.of(floor, least),
                ceiling.isEmpty() ? Optional.empty() : Optional.of(Estimate.of(ceiling, most)));
    }
}

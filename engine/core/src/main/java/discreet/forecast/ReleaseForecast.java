package discreet.forecast;

import discreet.evaluate.Ranker;
import discreet.evaluate.TestUser;
import discreet.evaluate.baselines.Ease;
import discreet.evaluate.baselines.Popularity;
import discreet.model.RankingModel;
import discreet.model.RankingScorer;
import discreet.model.Recommendation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;

/**
 * A forecast from a release that is already paid for. Post-processing: it reads a released model and nothing else, and costs
 * nothing.
 *
 * <p>Invented people ({@link SyntheticUsers}) train at each budget with simulated noise ({@link SimulatedTraining}), and other invented
 * people are tested: a fifth of their items is hidden, as {@code split} would. Every draw has new people and new noise.
 *
 * @param epsilons budgets at the delta of the release
 * @param people numbers of people; empty: the released one
 * @param draws at least 1
 * @param tested invented people to test on in each draw
 * @param seed the same seed gives the same forecast
 */
public record ReleaseForecast(
        RankingModel released,
        List<Double> epsilons,
        List<Integer> people,
        int draws,
        int tested,
        long seed,
        int threads,
        Consumer<String> progress) {
    /** Catalogues up to this size have a ceiling: EASE inverts a matrix of items by items. */
    static final int MOST_ITEMS_FOR_EASE = 5_000;

    /** Above this size the ceiling is drawn once. */
    private static final int MOST_ITEMS_FOR_EASE_IN_EACH_DRAW = 1_500;

    private static final double HIDDEN = .2;

    /** Invented people to test on where nothing is said: a standard error of about .007. */
    public static final int TESTED = 2_000;

    /**
     * How far real people were from invented ones: see docs/decisions/018. A number of this package, measured on several data
     * sets, and not adjusted to the one at hand.
     */
    static final double MARGIN = .04;

    /**
     * What the upper margin grows by with each doubling of epsilon beyond where the release still shows most of what a training would learn,
     * about .7 of its own epsilon.
     */
    static final double MARGIN_PER_DOUBLING_BEYOND = .04;

    private static final double SEEN = .7;

    /** Beyond this epsilon more budget brings next to nothing. */
    private static final double SATURATED = 20;

    /** Curves in the order of the numbers of people. */
    public List<Curve> run() {
        try (ParallelTasks workers = new ParallelTasks(threads)) {
            SyntheticUsers generator = SyntheticUsers.fit(released, seed, workers, progress);
            List<Integer> sizes = people.isEmpty() ? List.of(generator.people()) : people;
            List<Curve> curves = new ArrayList<>();
            for (int size : sizes) {
                curves.add(curve(generator, size, workers));
            }
            return curves;
        }
    }

    private Curve curve(SyntheticUsers generator, int size, ParallelTasks workers) {
        int items = released.catalogue().size();
        SimulatedTraining training = new SimulatedTraining(
                items, released.provenance().delta(), released.parameters().maxHead(), new ExactSums(workers));
        Trials trials = new Trials();
        for (int draw = 0; draw < draws; draw++) {
            long own = Seeds.of(seed, 31L * size + draw);
            List<int[]> trained = generator.draw(size, Seeds.of(own, 1));
            List<TestUser> test = holdout(generator.draw(tested, Seeds.of(own, 2)), Seeds.of(own, 3));
            progress.accept("Popularity and EASE, draw " + (draw + 1) + " of " + draws);
            trials.addFloor(measure(Popularity.fit(trained, items), test));
            if (items <= (draw == 0 ? MOST_ITEMS_FOR_EASE : MOST_ITEMS_FOR_EASE_IN_EACH_DRAW)) {
                trials.addCeiling(measure(Ease.fit(trained, items), test));
            }
            for (double epsilon : epsilons) {
                progress.accept("Epsilon " + epsilon + ", draw " + (draw + 1) + " of " + draws);
                RankingScorer scorer =
                        training.train(trained, epsilon, Seeds.of(own, Double.doubleToLongBits(epsilon)));
                trials.add(epsilon, measure(ranker(scorer), test));
            }
        }
        // Popularity is in the item statistic; of tastes a release shows less than EASE would see
        return trials.curve(
                size,
                false,
                margin(),
                new ForecastMargin(MARGIN, MARGIN),
                new ForecastMargin(MARGIN, above(Double.POSITIVE_INFINITY)));
    }

    private DoubleFunction<ForecastMargin> margin() {
        return epsilon -> new ForecastMargin(MARGIN, above(epsilon));
    }

    private double above(double epsilon) {
        double beyond =
                Math.min(epsilon, SATURATED) / (SEEN * released.provenance().epsilon());
        return MARGIN + MARGIN_PER_DOUBLING_BEYOND * Math.max(0, Math.log(beyond) / Math.log(2));
    }

    private Measurement measure(Ranker ranker, List<TestUser> test) {
        return Measurement.of(ranker, test, released.catalogue().size(), threads);
    }

    private static Ranker ranker(RankingScorer scorer) {
        return (history, k) -> scorer.recommend(history, k).stream()
                .mapToInt(Recommendation::item)
                .toArray();
    }

    /** Hides a fifth of each person's items, at least one; at least one stays known. */
    static List<TestUser> holdout(List<int[]> people, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TestUser> test = new ArrayList<>(people.size());
        for (int[] person : people) {
            if (person.length > 1) {
                int[] shuffled = person.clone();
                for (int at = shuffled.length - 1; at > 0; at--) {
                    int other = random.nextInt(at + 1);
                    int swap = shuffled[at];
                    shuffled[at] = shuffled[other];
                    shuffled[other] = swap;
                }
                int hidden = Math.max(1, (int) Math.floor(HIDDEN * shuffled.length));
                int[] known = Arrays.copyOfRange(shuffled, hidden, shuffled.length);
                Arrays.sort(known);
                test.add(new TestUser(known, Arrays.copyOf(shuffled, hidden)));
            }
        }
        return test;
    }
}

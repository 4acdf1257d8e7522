package discreet.forecast;

import discreet.InputException;
import discreet.catalogue.ListRules;
import discreet.evaluate.Ranker;
import discreet.evaluate.TestUser;
import discreet.evaluate.baselines.Popularity;
import discreet.model.RankingModel;
import discreet.model.RankingScorer;
import discreet.model.Recommendation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Forecasts recall and NDCG at other budgets from a release that is already paid for. This is
 * post-processing. It reads a released model only, and costs no privacy.
 *
 * <p>Synthetic users ({@link SyntheticUsers}) train at each budget with simulated noise
 * ({@link SimulatedTraining}), and other synthetic users are tested. A fifth of their items is hidden, as by
 * {@code split}. Every draw has new users and new noise.
 *
 * <p>There is no ceiling of a recommender without privacy, because a release does not show what that would
 * learn.
 *
 * @param energy of the release's Gram matrix
 * @param epsilons budgets at the delta of the release, none above its own epsilon
 * @param users numbers of users, or empty for the released one
 * @param draws at least 1
 * @param testUsers number of synthetic users to test on in each draw
 * @param seed the same seed gives the same forecast
 */
public record ReleaseForecast(
        RankingModel released,
        GramEnergy energy,
        List<Double> epsilons,
        List<Integer> users,
        int draws,
        int testUsers,
        long seed,
        int threads,
        Consumer<String> progress) {
    private static final double HIDDEN = .2;

    /** The epsilon of a price is less than the one that was asked for, by the rounding of rho. */
    private static final double ROUNDING = 1e-4;

    /** Default number of synthetic users to test on, for a standard error of about .007. */
    public static final int DEFAULT_TEST_USERS = 2_000;

    /**
     * How far real users were from synthetic ones, see docs/decisions/042. This constant was measured on
     * several data sets and is not adjusted to the one at hand.
     */
    static final double MARGIN = .04;

    /**
     * @throws InputException if a budget is above that of the release, which does not show what a larger one
     *     would reveal
     */
    public ReleaseForecast {
        epsilons = List.copyOf(epsilons);
        users = List.copyOf(users);
        double own = released.provenance().epsilon();
        for (double epsilon : epsilons) {
            if (epsilon > own * (1 + ROUNDING)) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "Cannot forecast: `epsilon` has %s, and the release was made at %.4g. What a larger budget"
                                + " would reveal is not in it. Ask for no more, or forecast from public ratings.",
                        epsilon,
                        own));
            }
        }
    }

    /** Computes one curve for each number of users, in their order. */
    public List<Curve> run() {
        try (ParallelTasks workers = new ParallelTasks(threads)) {
            SyntheticUsers generator = SyntheticUsers.fit(released, energy, seed, workers, progress);
            List<Integer> sizes = users.isEmpty() ? List.of(generator.users()) : users;
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
                items, released.provenance().budget(), released.parameters().maxHead(), new ExactSums(workers));
        Trials trials = new Trials();
        for (int draw = 0; draw < draws; draw++) {
            long own = Seeds.of(seed, 31L * size + draw);
            List<int[]> trained = generator.draw(size, Seeds.of(own, 1));
            List<TestUser> test = holdout(generator.draw(testUsers, Seeds.of(own, 2)), Seeds.of(own, 3));
            progress.accept("Popularity, draw " + (draw + 1) + " of " + draws);
            trials.addFloor(measure(Popularity.fit(trained, items), test));
            for (double epsilon : epsilons) {
                progress.accept("Epsilon " + epsilon + ", draw " + (draw + 1) + " of " + draws);
                RankingScorer scorer =
                        training.train(trained, epsilon, Seeds.of(own, Double.doubleToLongBits(epsilon)));
                trials.add(epsilon, measure(ranker(scorer), test));
            }
        }
        return trials.curve(size, false, MARGIN);
    }

    private Measurement measure(Ranker ranker, List<TestUser> test) {
        return Measurement.of(ranker, test, released.catalogue().size(), threads);
    }

    private static Ranker ranker(RankingScorer scorer) {
        return (user, k) -> scorer.recommend(user, ListRules.ofLength(k)).stream()
                .mapToInt(Recommendation::item)
                .toArray();
    }

    /** Hides a fifth of each user's items, but at least one, and leaves at least one visible. */
    static List<TestUser> holdout(List<int[]> users, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TestUser> test = new ArrayList<>(users.size());
        for (int[] user : users) {
            if (user.length > 1) {
                int[] shuffled = user.clone();
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

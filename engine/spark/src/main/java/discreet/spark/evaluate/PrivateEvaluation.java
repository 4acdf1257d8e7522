package discreet.spark.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.BudgetException;
import discreet.InputException;
import discreet.catalogue.ItemTags;
import discreet.catalogue.ListRules;
import discreet.evaluate.Interval;
import discreet.evaluate.Measure;
import discreet.evaluate.MetricSum;
import discreet.evaluate.RankingMeasure;
import discreet.evaluate.RankingMetrics;
import discreet.evaluate.RatingMeasure;
import discreet.history.RatingRange;
import discreet.history.RowRules;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.Ledger;
import discreet.ledger.PlannedVector;
import discreet.ledger.Population;
import discreet.ledger.ReleasePlan;
import discreet.ledger.Released;
import discreet.model.Provenance;
import discreet.model.RankingModel;
import discreet.model.RatingModel;
import discreet.model.ReleasedModel;
import discreet.natives.NativeLibrary;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import discreet.spark.ratings.Histories;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Quality of a model on private people: one Gaussian release, charged like a training.
 *
 * <p>People and their hidden items are those that {@link Split} set apart. Where training and evaluation are charged to its
 * two {@link Cell}s, no person pays for both. What is released: the sums of {@link discreet.evaluate.MetricSum}, jointly. Coverage is not,
 * since it is not a sum over people.
 *
 * <p>Cost: one join of the two sides by user, one pass in which each person is ranked or predicted for, one array of
 * {@code r + 1} longs from each partition to the driver.
 */
public final class PrivateEvaluation {

    static final String METRICS = "metrics";
    private static final int MOST_CUTOFFS = 16;

    private final Population population;
    private final String releaseId;
    private final Budget budget;
    private final ReleasedModel model;
    private final MetricSum sum;
    private final Measure<?> measure;

    /**
     * @param ledger the one that the model was charged in
     * @param population whose budget pays
     * @param epsilon price of this evaluation at the population's delta
     * @param cutoffs where lists are cut, at most 16
     * @throws BudgetException if the ledger does not know the training that the model came from, so that it may have forgotten
     *     charges
     * @throws InputException if a parameter is out of range, or there is no such population
     */
    public PrivateEvaluation(
            Ledger ledger, String population, String releaseId, double epsilon, RankingModel model, int... cutoffs) {
        this(ledger, population, releaseId, epsilon, model, ListRules.ofLength(0), cutoffs);
    }

    /**
     * Of lists that follow rules.
     *
     * @param lists public, like the model; their length is the deepest cut-off
     */
    public PrivateEvaluation(
            Ledger ledger,
            String population,
            String releaseId,
            double epsilon,
            RankingModel model,
            ListRules lists,
            int... cutoffs) {
        this(ledger, population, releaseId, epsilon, model, ranking(model, lists, cutoffs));
    }

    /** Of predicted ratings; otherwise the same. */
    public PrivateEvaluation(Ledger ledger, String population, String releaseId, double epsilon, RatingModel model) {
        this(ledger, population, releaseId, epsilon, model, new RatingMeasure(model.scorer(), model.ratingRange()));
    }

    private PrivateEvaluation(
            Ledger ledger,
            String population,
            String releaseId,
            double epsilon,
            ReleasedModel model,
            Measure<?> measure) {
        this.population = ledger.population(population);
        this.releaseId = releaseId;
        this.budget = new Budget(epsilon, this.population.cap().delta());
        this.model = model;
        this.measure = measure;
        this.sum = new MetricSum(measure.metrics());
        requireChain(ledger, model.provenance());
    }

    private static RankingMeasure ranking(RankingModel model, ListRules lists, int[] cutoffs) {
        int[] distinct = Arrays.stream(cutoffs).sorted().distinct().toArray();
        RankingMetrics.deepest(distinct);
        if (distinct.length > MOST_CUTOFFS) {
            throw new InputException("Cannot evaluate: each of the " + distinct.length
                    + " cut-offs makes the noise of all of them larger, and " + MOST_CUTOFFS
                    + " is the most. Ask for fewer.");
        }
        return new RankingMeasure(model.scorer(), lists.withLength(RankingMetrics.deepest(distinct)), distinct);
    }

    private static void requireChain(Ledger ledger, Provenance from) {
        boolean known = ledger.populations().stream()
                .filter(population -> population.name().equals(from.population()))
                .anyMatch(population -> population.holds(from.ledgerHead()));
        if (!known) {
            throw new BudgetException("Cannot evaluate: this ledger does not know release '" + from.release()
                    + "' of population '" + from.population()
                    + "', which the model came from, so it may have forgotten what was"
                    + " charged. Use the ledger that the model was trained with.");
        }
    }

    /**
     * What was measured.
     *
     * @param cuts by cut-off, ascending; empty for a model of ratings
     * @param errors of predicted ratings; null for a model that ranks
     * @param price what the evaluation has cost
     * @param replaced the same where one account is replaced by another
     */
    public record Result(
            Interval people, List<Cut> cuts, @Nullable Errors errors, PrivacyCost price, PrivacyCost replaced) {
        public Result {
            cuts = List.copyOf(cuts);
        }

        /** Figures at one cut-off. */
        public record Cut(int k, Interval recall, Interval ndcg) {}

        /**
         * How far predictions are from ratings, in ratings, everybody counting alike however many hidden ratings a person has.
         *
         * @param absolute mean over people of the mean absolute error
         * @param rootMeanSquare root of the mean over people of the mean squared error
         */
        public record Errors(Interval absolute, Interval rootMeanSquare) {}
    }

    /**
     * Refuses what cannot be paid for, before any row is read. Nothing is charged.
     *
     * @param rules as {@link #run} will be given histories by
     */
    public void check(RowRules rules) {
        population.check(plan(rules));
    }

    /**
     * Charges the population and measures: the people of the cell that the two sides were read by, or everybody. Under an id
     * that was used before, takes that release up again.
     *
     * @param known what is folded in
     * @param hidden what has to be found, read by the same rules; whoever is not in {@code known} has an empty history
     * @throws BudgetException if the budget does not admit it; nothing is charged then
     */
    public Result run(Histories known, Histories hidden) {
        if (!known.rules().equals(hidden.rules())) {
            throw new IllegalArgumentException("Both sides must be read by the same rules.");
        }
        return run(hidden.rules(), () -> exact(known, hidden));
    }

    Result run(RowRules rules, Supplier<long[]> exact) {
        NativeLibrary.load(); // what could fail once noise is drawn fails here, before anything is charged
        ReleasePlan plan = plan(rules);
        population.check(plan);
        // Whatever is wrong with the data shows before anything is charged
        long[] early = population.isReserved(releaseId) ? null : exact.get();
        try (ChargedRelease release = population.reserve(plan)) {
            Released sums = release.release(
                    METRICS, sum.sensitivity(), "{}", () -> Exact.of(early != null ? early : exact.get()));
            return result(sums, release.price());
        }
    }

    private ReleasePlan plan(RowRules rules) {
        ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("objective", "evaluation")
                .put("epsilon", budget.epsilon())
                .put("model", model.provenance().ledgerHead())
                .put("catalogue", model.catalogue().digest())
                .put("minRating", Double.toString(rules.minRating()));
        if (measure instanceof RankingMeasure ranking) {
            for (int k : ranking.cutoffs()) {
                json.withArray("cutoffs").add(k);
            }
            if (!ranking.lists().isPlain()) {
                json.put("reserved", ranking.lists().reserved())
                        .put("allowed", ranking.lists().digest())
                        .put("tags", ItemTags.of(model.catalogue()).digest()); // reserved places follow them
            }
        } else {
            json.put("metrics", sum.metrics())
                    .put("tags", ItemTags.of(model.catalogue()).digest()); // predictions follow them
        }
        Rho rho = budget.largestRho(Delta.ZERO, new Rho(1), "evaluate", "pay for an evaluation");
        return new ReleasePlan(releaseId, json.toString(), rules.people(), List.of(new PlannedVector(METRICS, rho)));
    }

    /** Exact sums over everybody with a hidden item that counts. */
    long[] exact(Histories known, Histories hidden) {
        if (measure instanceof RankingMeasure ranking) {
            return exact(known.byUser(), hidden.byUser(), ranking);
        }
        RatingMeasure errors = (RatingMeasure) measure;
        return exact(known.ratedByUser(errors.range()), hidden.ratedByUser(errors.range()), errors);
    }

    private <H> long[] exact(JavaPairRDD<String, H> known, JavaPairRDD<String, H> hidden, Measure<H> measure) {
        Broadcast<Measure<H>> shared =
                JavaSparkContext.fromSparkContext(hidden.context()).broadcast(measure);
        MetricSum metrics = sum;
        return hidden.leftOuterJoin(known)
                .values()
                .mapPartitions(people ->
                        List.of(summed(people, metrics, shared.value())).iterator())
                .fold(new long[metrics.length()], PrivateEvaluation::plus);
    }

    private static <H> long[] summed(Iterator<Tuple2<H, Optional<H>>> people, MetricSum metrics, Measure<H> measure) {
        long[] sums = new long[metrics.length()];
        while (people.hasNext()) {
            Tuple2<H, Optional<H>> sides = people.next();
            double[] values = measure.of(sides._2().orNull(), sides._1());
            if (values != null) {
                metrics.add(sums, values);
            }
        }
        return sums;
    }

    /** A new array: Spark may use either again. */
    private static long[] plus(long[] one, long[] other) {
        long[] both = one.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] += other[i];
        }
        return both;
    }

    private Result result(Released sums, PrivacyCost price) {
        double[] values = Arrays.stream(sums.values())
                .mapToDouble(value -> Math.scalb((double) value, -MetricSum.BITS))
                .toArray();
        double sigma = Math.scalb(sums.sigma(), -MetricSum.BITS);
        double people = values[sum.metrics()];
        Interval[] means = new Interval[sum.metrics()];
        Arrays.setAll(means, q -> Interval.mean(values[q], people, sigma));
        List<Result.Cut> cuts = new ArrayList<>();
        if (measure instanceof RankingMeasure ranking) {
            for (int q = 0; q < ranking.cutoffs().length; q++) {
                cuts.add(new Result.Cut(ranking.cutoffs()[q], means[2 * q], means[2 * q + 1]));
            }
        }
        return new Result(
                Interval.count(people, sigma),
                cuts,
                measure instanceof RatingMeasure rating ? errors(means, rating.range()) : null,
                price,
                sum.replacingOne(price));
    }

    /** In ratings. A root keeps the order, so it takes an interval to the interval. */
    private static Result.Errors errors(Interval[] means, RatingRange range) {
        double width = range.high() - range.low();
        return new Result.Errors(means[0].map(mean -> width * mean), means[1].map(square -> width * Math.sqrt(square)));
    }
}

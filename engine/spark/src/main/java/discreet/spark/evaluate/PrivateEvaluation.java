package discreet.spark.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.BudgetException;
import discreet.InputException;
import discreet.catalogue.ListRules;
import discreet.evaluate.Interval;
import discreet.evaluate.Measure;
import discreet.evaluate.MetricSum;
import discreet.evaluate.ReleasedQuality;
import discreet.history.RowRules;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.Ledger;
import discreet.ledger.PlannedVector;
import discreet.ledger.Population;
import discreet.ledger.ReleasePlan;
import discreet.ledger.Released;
import discreet.model.Provenance;
import discreet.model.ReleasedModel;
import discreet.natives.NativeLibrary;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import discreet.spark.ratings.Histories;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.Optional;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Quality of a model on private people: one Gaussian release, charged like a training.
 *
 * <p>People and their hidden items are those that {@link Split} set apart. Where training and evaluation are
 * charged to its two hash ranges, no person pays for both. What is released: the sums of
 * {@link discreet.evaluate.MetricSum}, jointly. Coverage is not, since it is not a sum over people.
 *
 * <p>Cost: one join of the two sides by user, one pass in which each person is ranked or predicted for, one
 * array of {@code r + 1} longs from each partition to the driver.
 */
public final class PrivateEvaluation {

    static final String METRICS = "metrics";

    private final Population population;
    private final String releaseId;
    private final Budget budget;
    private final ReleasedModel model;
    private final MetricSum sum;
    private final Measure<?> measure;

    /**
     * Plans an evaluation. Nothing is charged yet.
     *
     * @param ledger the one that the model was charged in
     * @param population whose budget pays
     * @param epsilon price of this evaluation at the population's delta
     * @param lists rules for the lists of a ranking. A model of ratings is measured without lists
     * @param cutoffs where lists are cut, as in {@link discreet.evaluate.RankingMeasure#of}
     * @throws BudgetException if the ledger does not know the training that the model came from, so that it
     *     may have forgotten charges
     * @throws InputException if a parameter is out of range, or there is no such population
     */
    public PrivateEvaluation(
            Ledger ledger,
            String population,
            String releaseId,
            double epsilon,
            ReleasedModel model,
            ListRules lists,
            int... cutoffs) {
        this.population = ledger.population(population);
        this.releaseId = releaseId;
        this.budget = new Budget(epsilon, this.population.cap().delta());
        this.model = model;
        this.measure = Measure.of(model, lists, cutoffs);
        this.sum = new MetricSum(measure.metrics());
        requireChain(ledger, model.provenance());
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
     * @param people the number of users with a hidden item that counts
     * @param price what the evaluation has cost
     * @param replaced the same where one account is replaced by another
     */
    public record Result(Interval people, ReleasedQuality quality, PrivacyCost price, PrivacyCost replaced) {}

    /**
     * Refuses what cannot be paid for, before any row is read. Nothing is charged.
     *
     * @param rules as {@link #run} will be given histories by
     */
    public void check(RowRules rules) {
        population.check(plan(rules));
    }

    /**
     * Charges the population and measures: the people of the cell that the two sides were read by, or
     * everybody. Under an id that was used before, takes that release up again.
     *
     * @param known what is folded in
     * @param hidden what has to be found, read by the same rules. A user who is not in {@code known} has an
     *     empty history
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
        measure.describe(json, model.catalogue());
        Rho rho = budget.largestRho(Delta.ZERO, new Rho(1), "evaluate", "pay for an evaluation");
        return new ReleasePlan(releaseId, json.toString(), rules.users(), List.of(new PlannedVector(METRICS, rho)));
    }

    /** Exact sums over everybody with a hidden item that counts. */
    long[] exact(Histories known, Histories hidden) {
        return exact(known, hidden, measure);
    }

    private <H> long[] exact(Histories known, Histories hidden, Measure<H> measure) {
        return exact(known.byUser(measure.historyForm()), hidden.byUser(measure.historyForm()), measure);
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
        return new Result(Interval.count(people, sigma), measure.quality(means), price, sum.replacingOne(price));
    }
}

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
import discreet.history.UserHistory;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.ReleasePlan;
import discreet.ledger.Released;
import discreet.model.Provenance;
import discreet.model.ReleasedModel;
import discreet.natives.NativeLibrary;
import discreet.plan.EvaluationShares;
import discreet.plan.PeopleGuard;
import discreet.plan.VectorName;
import discreet.plan.VectorPlan;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.spark.ratings.Histories;
import discreet.spark.train.OnceSum;
import discreet.spark.train.TiledSum;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures the quality of a model on private users, by two Gaussian releases that are charged like a
 * training. The number of test people comes first. If it is too small, {@link PeopleGuard} stops the
 * evaluation and the price of the metrics is given back.
 *
 * <p>Users and their hidden items are those that {@link Split} set apart. If training and evaluation are
 * charged to its two hash ranges, no user pays for both. The sums of {@link discreet.evaluate.MetricSum}
 * are released jointly. Coverage is not released, since it is not a sum over users.
 *
 * <p>Cost: one join of the two sides by user, and one pass that makes a list or predictions for each user.
 * The sums are {@code r + 2} longs ({@link TiledSum}).
 */
public final class PrivateEvaluation {

    private static final PeopleGuard.Wording GUARDED = new PeopleGuard.Wording(
            "evaluate",
            "evaluation",
            "have both a known and a hidden item of the catalogue",
            "that ids of people are the same on both sides and ids of items are written as in the catalogue");

    private final Population population;
    private final String releaseId;
    private final Budget budget;
    private final EvaluationShares shares;
    private final PeopleGuard guard;
    private final ReleasedModel model;
    private final MetricSum sum;
    private final Measure<?> measure;

    /**
     * Plans an evaluation. Nothing is charged yet.
     *
     * @param ledger the ledger that the model was charged in
     * @param population whose budget pays
     * @param epsilon price of this evaluation at the population's delta
     * @param guard decides from the released number of test people whether the evaluation goes on. It is no
     *     part of what is reserved
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
            PeopleGuard guard,
            ReleasedModel model,
            ListRules lists,
            int... cutoffs) {
        this.population = ledger.population(population);
        this.releaseId = releaseId;
        this.budget = this.population.cap().withEpsilon(epsilon);
        this.shares = EvaluationShares.of(budget);
        this.guard = guard;
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
     * Holds the released figures and their price.
     *
     * @param people the number of users with a hidden item that counts
     * @param price what the evaluation has cost
     * @param replaced the same if one account is replaced by another
     */
    public record Result(Interval people, ReleasedQuality quality, PrivacyCost price, PrivacyCost replaced) {}

    /**
     * States what the evaluation would cost, and the noise in it.
     *
     * @param testPeople the vector that the guard looks at
     * @param metrics the vector of sums
     * @param due what would be charged, which is less than the price if the release is resumed
     */
    public record Quote(
            VectorPlan testPeople, VectorPlan metrics, PrivacyCost price, PrivacyCost replaced, PrivacyCost due) {}

    /**
     * Prices the evaluation and checks that the budget admits it. Nothing is charged, and no row is read.
     *
     * @param rules the row rules of the histories that {@link #run} would be given
     * @throws BudgetException if the budget does not admit it
     */
    public Quote quote(RowRules rules) {
        PrivacyCost due = population.check(plan(rules));
        PrivacyCost price = new PrivacyCost(shares.total(), Delta.ZERO);
        return new Quote(shares.testPeople(), metricsPlan(), price, sum.replacingOne(price), due);
    }

    /**
     * Checks that the budget admits the evaluation, before any row is read. Nothing is charged.
     *
     * @param rules the row rules of the histories that {@link #run} will be given
     */
    public void check(RowRules rules) {
        population.check(plan(rules));
    }

    /**
     * Charges the population and measures the model. Only the users of the hash range that both sides were
     * read with are charged, or all users without one. An id that was used before resumes that release.
     *
     * @param known histories that are folded in
     * @param hidden items to be found, read by the same rules. A user who is not in {@code known} has an
     *     empty history
     * @throws discreet.RunException if the guard stops the evaluation
     * @throws BudgetException if the budget does not admit it. Nothing is charged then
     */
    public Result run(Histories known, Histories hidden) {
        if (!known.rules().equals(hidden.rules())) {
            throw new IllegalArgumentException("Both sides must be read by the same rules.");
        }
        if (!(known.hasRatings() && hidden.hasRatings()) && hidden.rules().minRating() != Double.NEGATIVE_INFINITY) {
            throw new InputException("Cannot evaluate: `minRating` is given, and one side has no column of"
                    + " ratings. Name it with `ratingCol`, or leave `minRating` out.");
        }
        return run(hidden.rules(), () -> exact(known, hidden));
    }

    Result run(RowRules rules, Supplier<long[]> exact) {
        Instant started = Instant.now(); // before a row is read
        NativeLibrary.load(); // fails here, before anything is charged, rather than when noise is drawn
        ReleasePlan plan = plan(rules);
        population.check(plan);
        OnceSum<long[]> once = new OnceSum<>(exact);
        if (!population.isReserved(releaseId)) {
            once.get(); // bad data must fail before anything is charged
        }
        try (ChargedRelease release = population.reserve(plan, started)) {
            Released people = draw(release, shares.testPeople(), () -> EvaluationSum.testPeople(once.get()));
            guard.require(release, shares.testPeople(), people, GUARDED);
            Released metrics = draw(release, metricsPlan(), () -> EvaluationSum.metrics(once.take()));
            once.forget();
            return result(metrics, release.price());
        }
    }

    private static Released draw(ChargedRelease release, VectorPlan vector, Supplier<long[]> exact) {
        return release.release(vector.name(), vector.sensitivity(), "{}", () -> Exact.of(exact.get()));
    }

    private VectorPlan metricsPlan() {
        return new VectorPlan(VectorName.METRICS, shares.metrics(), sum.sensitivity(), 1L << MetricSum.BITS);
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
        return new ReleasePlan(
                releaseId,
                json.toString(),
                rules.users(),
                List.of(shares.testPeople().reserved(), metricsPlan().reserved()));
    }

    /** Returns the exact sums of both vectors, as {@link EvaluationSum} lays them out. */
    long[] exact(Histories known, Histories hidden) {
        return exact(known, hidden, measure);
    }

    private <H> long[] exact(Histories known, Histories hidden, Measure<H> measure) {
        return exact(known.byUser(measure.historyForm()), hidden.byUser(measure.historyForm()), measure);
    }

    private <H> long[] exact(
            JavaPairRDD<String, UserHistory<H>> known, JavaPairRDD<String, UserHistory<H>> hidden, Measure<H> measure) {
        Broadcast<Measure<H>> shared =
                JavaSparkContext.fromSparkContext(hidden.context()).broadcast(measure);
        return TiledSum.over(hidden.leftOuterJoin(known).values(), new EvaluationSum<>(shared, sum));
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

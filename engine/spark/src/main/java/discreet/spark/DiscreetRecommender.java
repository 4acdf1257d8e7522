package discreet.spark;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.ReleaseId;
import discreet.model.ReleasedModel;
import discreet.plan.Assumptions;
import discreet.plan.Objective;
import discreet.plan.PeopleGuard;
import discreet.plan.TrainingPlan;
import discreet.plan.TrainingRequest;
import discreet.privacy.HashRange;
import discreet.spark.train.Trainer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Trains a private model that ranks items or predicts ratings. This is an estimator of Spark ML.
 *
 * <pre>{@code
 * DiscreetModel model = new DiscreetRecommender()
 *     .setPopulation("streaming-eu")     // opened before, with a cap, in the ledger
 *     .setEpsilon(1)
 *     .setItems("items.csv")
 *     .setMinRating(4)
 *     .fit(ratings);                     // columns user, item and, optionally, rating and timestamp
 * }</pre>
 *
 * <p>Differential privacy is user-level: it protects all rows of one account together. Every {@link #fit}
 * charges the population's budget, and so does each fit that a {@code CrossValidator} makes. A fit with a
 * release id that was used before resumes that release. Its sealed values come back unchanged and cost
 * nothing, even on other data, so leave {@code releaseId} out where several fits are meant to differ.
 */
public final class DiscreetRecommender extends Estimator<DiscreetModel> implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> userCol;
    private final Param<String> itemCol;
    private final Param<String> ratingCol;
    private final Param<String> timestampCol;
    private final Param<String> ledger;
    private final Param<String> population;
    private final Param<String> releaseId;
    private final Param<String> items;
    private final Param<String> itemIdCol;
    private final Param<String> userHashRange;
    private final Param<String> objective;
    private final DoubleArrayParam ratingRange;
    private final LongParam expectedPeople;
    private final DoubleParam epsilon;
    private final DoubleParam minRating;
    private final DoubleParam noRating;
    private final IntParam maxItemsPerUser;
    private final IntParam maxHead;
    private final LongParam atLeastPeople;
    private final BooleanParam content;

    private transient @Nullable Catalogue catalogue;
    private transient Consumer<String> progress = step -> {};

    public DiscreetRecommender() {
        this(Identifiable$.MODULE$.randomUID("discreetRecommender"));
    }

    public DiscreetRecommender(String uid) {
        this.uid = uid;
        // Params ask for the uid of their owner: it comes first
        this.userCol = text("userCol", "column of user ids");
        this.itemCol = text("itemCol", "column of item ids");
        this.ratingCol = text("ratingCol", "column of ratings; may be missing by its default name");
        this.timestampCol = text("timestampCol", "column of times; may be missing by its default name");
        this.ledger = text("ledger", "JDBC URL of the ledger");
        this.population = text("population", "population whose budget pays");
        this.releaseId = text("releaseId", "id of the training; empty: a new one");
        this.items = text(
                "items",
                "path of the public catalogue (CSV or Parquet); without it item ids are selected" + " privately");
        this.itemIdCol = text("itemIdCol", "column of item ids in the catalogue");
        this.userHashRange = text("userHashRange", "hash range of the users who are trained on; empty means all");
        this.objective = text("objective", "what is learned: ranking or rating");
        this.ratingRange = new DoubleArrayParam(
                this,
                "ratingRange",
                "lowest and highest possible rating, declared and never observed; rating needs it");
        this.expectedPeople = new LongParam(
                this, "expectedPeople", "about how many people there are; rating divides its budget by it (>= 1)");
        this.epsilon = new DoubleParam(this, "epsilon", "price of the training at the population's delta (> 0)");
        this.noRating = new DoubleParam(this, "noRating", "rating that stands for none; rows with it do not count");
        this.minRating = new DoubleParam(this, "minRating", "rows with lower ratings do not count");
        this.maxItemsPerUser = new IntParam(this, "maxItemsPerUser", "how many items of a person count (>= 1)");
        this.maxHead =
                new IntParam(this, "maxHead", "limit on the number of items that tastes are learned over (>= 1)");
        this.atLeastPeople = new LongParam(
                this, "atLeastPeople", "smallest released number of people with which a fit goes on (>= 0)");
        this.content =
                new BooleanParam(this, "content", "whether rows lean towards genres and decades of the catalogue");
        setDefault(userCol, RatingColumns.DEFAULT.user());
        setDefault(itemCol, RatingColumns.DEFAULT.item());
        setDefault(ratingCol, RatingColumns.DEFAULT.rating());
        setDefault(timestampCol, RatingColumns.DEFAULT.timestamp());
        setDefault(ledger, "jdbc:sqlite:discreet-ledger.db");
        setDefault(releaseId, "");
        setDefault(itemIdCol, "item");
        setDefault(userHashRange, "");
        setDefault(objective, Objective.Ranking.NAME);
        setDefault(expectedPeople, Assumptions.DEFAULT.people());
        setDefault(minRating, Double.NEGATIVE_INFINITY);
        setDefault(maxItemsPerUser, RowRules.DEFAULT.maxItemsPerUser());
        setDefault(maxHead, TrainingRequest.DEFAULT_MAX_HEAD);
        setDefault(atLeastPeople, PeopleGuard.DEFAULT.atLeast());
        setDefault(content, false);
    }

    private Param<String> text(String name, String doc) {
        return new Param<>(this, name, doc);
    }

    /**
     * Charges the population and trains. Without a catalogue, private partition selection finds the item ids:
     * ids of few users stay unseen, and the model knows the others by their id alone.
     *
     * @param ratings one row a rating; unusable rows are left out, without an error
     * @throws InputException if a parameter, a column or the population is missing
     * @throws discreet.BudgetException if the budget does not admit it; nothing is charged then
     */
    @Override
    public DiscreetModel fit(Dataset<?> ratings) {
        return copyValues(new DiscreetModel(train(ratings)), extractParamMap()).setParent(this);
    }

    private ReleasedModel train(Dataset<?> ratings) {
        Catalogue listed = catalogue(ratings.sparkSession());
        TrainingRequest request = request(listed);
        String id = getOrDefault(releaseId).isEmpty() ? ReleaseId.fresh() : getOrDefault(releaseId);
        try (Ledger open = Ledger.open(getOrDefault(ledger))) {
            Population paying = open.population(required(population, "Name the population that pays."));
            TrainingPlan plan = request.plan(paying.cap());
            return new Trainer(plan, paying, id, progress).train(ratings, columns(), listed);
        }
    }

    private TrainingRequest request(@Nullable Catalogue listed) {
        double lowest = (double) getOrDefault(minRating);
        return TrainingRequest.builder()
                .objective(getOrDefault(objective))
                .epsilon((double) required(epsilon, "Choose the price of the training, above 0."))
                .minRating(lowest == Double.NEGATIVE_INFINITY ? null : Double.valueOf(lowest))
                .ratingRange(isDefined(ratingRange) ? getOrDefault(ratingRange) : null)
                .expectedPeople(isSet(expectedPeople) ? (Long) getOrDefault(expectedPeople) : null)
                .maxItemsPerUser((int) getOrDefault(maxItemsPerUser))
                .maxHead((int) getOrDefault(maxHead))
                .atLeastPeople((long) getOrDefault(atLeastPeople))
                .content((boolean) getOrDefault(content))
                .catalogue(listed)
                .users(getOrDefault(userHashRange).isEmpty() ? null : HashRange.parse(getOrDefault(userHashRange)))
                .build();
    }

    private RatingColumns columns() {
        return new RatingColumns(
                getOrDefault(userCol),
                getOrDefault(itemCol),
                getOrDefault(ratingCol),
                getOrDefault(timestampCol),
                isDefined(noRating) ? (Double) getOrDefault(noRating) : null);
    }

    /** Returns the listed catalogue, or null if there is none. */
    private @Nullable Catalogue catalogue(SparkSession spark) {
        return catalogue != null || !isDefined(items)
                ? catalogue
                : CatalogueReader.read(
                        spark.sessionState().newHadoopConf(), getOrDefault(items), getOrDefault(itemIdCol));
    }

    private <T> T required(Param<T> param, String remedy) {
        if (!isDefined(param)) {
            throw new InputException("Cannot train: `" + param.name() + "` is not set. " + remedy);
        }
        return getOrDefault(param);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        for (Param<String> column : List.of(userCol, itemCol)) {
            if (!Arrays.asList(schema.fieldNames()).contains(getOrDefault(column))) {
                throw new InputException("Cannot train: there is no column '" + getOrDefault(column) + "'. Name the "
                        + column.doc() + " with `" + column.name() + "`.");
            }
        }
        return schema;
    }

    @Override
    public DiscreetRecommender copy(ParamMap extra) {
        DiscreetRecommender copy = new DiscreetRecommender(uid);
        copyValues(copy, extra);
        copy.catalogue = catalogue;
        copy.progress = progress;
        return copy;
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * Writes the parameters. A catalogue set by {@link #setCatalogue} is not one of them: set it again after
     * loading.
     */
    @Override
    public MLWriter write() {
        return DefaultParamsWritable.super.write();
    }

    /** Reads an estimator that {@link #write} wrote. Spark's pipelines look for this method. */
    public static MLReader<DiscreetRecommender> read() {
        return new DefaultParamsReader<>();
    }

    public static DiscreetRecommender load(String path) {
        return read().load(path);
    }

    public Param<String> userCol() {
        return userCol;
    }

    public Param<String> itemCol() {
        return itemCol;
    }

    public Param<String> ratingCol() {
        return ratingCol;
    }

    public Param<String> timestampCol() {
        return timestampCol;
    }

    public Param<String> ledger() {
        return ledger;
    }

    public Param<String> population() {
        return population;
    }

    public Param<String> releaseId() {
        return releaseId;
    }

    public Param<String> items() {
        return items;
    }

    public Param<String> itemIdCol() {
        return itemIdCol;
    }

    public Param<String> userHashRange() {
        return userHashRange;
    }

    public Param<String> objective() {
        return objective;
    }

    public DoubleArrayParam ratingRange() {
        return ratingRange;
    }

    public LongParam expectedPeople() {
        return expectedPeople;
    }

    public DoubleParam epsilon() {
        return epsilon;
    }

    public DoubleParam minRating() {
        return minRating;
    }

    public DoubleParam noRating() {
        return noRating;
    }

    public IntParam maxItemsPerUser() {
        return maxItemsPerUser;
    }

    public IntParam maxHead() {
        return maxHead;
    }

    public LongParam atLeastPeople() {
        return atLeastPeople;
    }

    public BooleanParam content() {
        return content;
    }

    /** Sets the column of user ids. The default is {@code user}. */
    public DiscreetRecommender setUserCol(String name) {
        return with(userCol, name);
    }

    /** Sets the column of item ids. The default is {@code item}. */
    public DiscreetRecommender setItemCol(String name) {
        return with(itemCol, name);
    }

    /** Sets the column of ratings. The default is {@code rating}, which the data may lack. */
    public DiscreetRecommender setRatingCol(String name) {
        return with(ratingCol, name);
    }

    /** Sets the column of times. The default is {@code timestamp}, which the data may lack. */
    public DiscreetRecommender setTimestampCol(String name) {
        return with(timestampCol, name);
    }

    /**
     * Sets the JDBC URL of the ledger. The default is {@code jdbc:sqlite:discreet-ledger.db}, in the working
     * folder.
     */
    public DiscreetRecommender setLedger(String url) {
        return with(ledger, url);
    }

    /** Sets the population whose budget pays. It must have been opened in the ledger. */
    public DiscreetRecommender setPopulation(String name) {
        return with(population, name);
    }

    /** Sets the id of the release, new or to be resumed. Without one, a new id is made. */
    public DiscreetRecommender setReleaseId(String id) {
        return with(releaseId, id);
    }

    /**
     * Sets the path of the public catalogue. Without it, and without {@link #setCatalogue}, private partition
     * selection finds the item ids, and part of delta pays for it.
     */
    public DiscreetRecommender setItems(String path) {
        return with(items, path);
    }

    /** Sets the column of item ids in the catalogue. The default is {@code item}. */
    public DiscreetRecommender setItemIdCol(String name) {
        return with(itemIdCol, name);
    }

    /** Sets the public catalogue itself, instead of a path to it. */
    public DiscreetRecommender setCatalogue(Catalogue publicItems) {
        this.catalogue = publicItems;
        return this;
    }

    /** Trains on the users of a hash range, leaves out all other rows, and charges nobody else. */
    public DiscreetRecommender setUserHashRange(HashRange users) {
        return with(userHashRange, users.text());
    }

    /**
     * Sets the objective: {@code ranking} (default) learns what users will like, {@code rating} learns how
     * they will rate it and needs {@link #setRatingRange}.
     */
    public DiscreetRecommender setObjective(String what) {
        return with(objective, what);
    }

    /** Declares the lowest and the highest possible rating. The range is never observed. */
    public DiscreetRecommender setRatingRange(double low, double high) {
        return with(ratingRange, new double[] {low, high});
    }

    /**
     * Sets about how many users there are, from public knowledge. The default is 10,000. The split of a
     * rating training's budget among the vectors depends on this number, rounded down to one digit. A wrong
     * number costs accuracy, never privacy.
     */
    public DiscreetRecommender setExpectedPeople(long number) {
        return with(expectedPeople, number);
    }

    /** Sets the price of the training at the population's delta, above 0. */
    public DiscreetRecommender setEpsilon(double price) {
        return with(epsilon, price);
    }

    /** Leaves out rows with lower ratings. Without it every row counts. */
    public DiscreetRecommender setMinRating(double rating) {
        return with(minRating, rating);
    }

    /** Names a rating that stands for none, such as -1. Without it every finite number is a rating. */
    public DiscreetRecommender setNoRating(double rating) {
        return with(noRating, rating);
    }

    /** Sets how many items of a user count, the most recent ones. The default is 500. */
    public DiscreetRecommender setMaxItemsPerUser(int most) {
        return with(maxItemsPerUser, most);
    }

    /** Sets the limit on the number of items that tastes are learned over. The default is 4,096. */
    public DiscreetRecommender setMaxHead(int most) {
        return with(maxHead, most);
    }

    /**
     * Sets the smallest released number of people with which a fit goes on, 100 by default. A fit that stops
     * there gives back the rest of its price. 0 always goes on.
     */
    public DiscreetRecommender setAtLeastPeople(long people) {
        return with(atLeastPeople, people);
    }

    /**
     * Lets rows lean towards genres and decades of the catalogue, which improves lists at small budgets. Off
     * by default.
     */
    public DiscreetRecommender setContent(boolean lean) {
        return with(content, lean);
    }

    /** Sets a listener for the names of steps. They say nothing of the data. */
    public DiscreetRecommender setProgress(Consumer<String> listener) {
        this.progress = listener;
        return this;
    }

    private <T> DiscreetRecommender with(Param<T> param, T value) {
        set(param, value);
        return this;
    }
}

package discreet.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import discreet.InputException;
import discreet.catalogue.AvailableItems;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemFilter;
import discreet.catalogue.ListRules;
import discreet.history.HistoryForm;
import discreet.history.RatingColumns;
import discreet.history.RatingParser;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.history.UserRows;
import discreet.model.ModelFiles;
import discreet.model.RankingModel;
import discreet.model.Recommendation;
import discreet.model.Recommender;
import discreet.model.ReleasedModel;
import discreet.spark.lists.BatchLists;
import discreet.spark.ratings.Histories;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Turns histories into recommendations, as a fitted model for Spark ML.
 *
 * <p>{@link #transform} takes a data set with a history column (array of structs with {@code item} and
 * {@code rating}, which is optional for a model that ranks) and adds {@code recommendations} (array of
 * structs {@code item}, {@code score}). {@link #recommendForUsers} groups plain ratings first. A user's
 * list depends on the released model and on that user's own rows alone.
 */
public final class DiscreetModel extends Model<DiscreetModel> implements MLWritable {
    private static final long serialVersionUID = 1L;

    private static final DataType RECOMMENDATIONS = DataTypes.createArrayType(
            new StructType().add("item", DataTypes.StringType, false).add("score", DataTypes.DoubleType, false), false);

    private final String uid;
    private final transient @Nullable ReleasedModel model;
    private final Param<String> historyCol;
    private final Param<String> recommendationsCol;
    private final IntParam k;
    private final IntParam reserved;
    private final StringArrayParam filter;
    private final BooleanParam listSeen;

    /** Creates an empty model, as Spark Connect does before it loads one. */
    public DiscreetModel() {
        this(Identifiable$.MODULE$.randomUID("discreetModel"), null);
    }

    /** Wraps a released model. */
    public DiscreetModel(ReleasedModel model) {
        this(Identifiable$.MODULE$.randomUID("discreetModel"), model);
    }

    private DiscreetModel(String uid, @Nullable ReleasedModel model) {
        this.uid = uid;
        this.model = model;
        this.historyCol = new Param<>(this, "historyCol", "array of structs with item and, optionally, rating");
        this.recommendationsCol = new Param<>(this, "recommendationsCol", "where recommendations go");
        this.k = new IntParam(this, "k", "items a list (>= 1)", ParamValidators.gtEq(1));
        this.reserved = new IntParam(
                this,
                "reserved",
                "places of every 20 for items outside the head",
                ParamValidators.inRange(0, ListRules.PLACES));
        this.filter = new StringArrayParam(
                this, "filter", "what all recommended items meet, such as genre=Comedy or genre!=Horror");
        this.listSeen = new BooleanParam(
                this, "listSeen", "whether lists may have items of the user's own history, as for groceries");
        setDefault(historyCol, "history");
        setDefault(recommendationsCol, "recommendations");
        setDefault(k, 100);
        setDefault(reserved, 0);
        setDefault(filter, new String[0]);
        setDefault(listSeen, false);
    }

    /** Returns the released model. */
    public ReleasedModel model() {
        if (model == null) {
            throw new IllegalStateException("Cannot use this model: it is empty. Load one with DiscreetModel.load.");
        }
        return model;
    }

    /**
     * Returns the released model if it is one that ranks.
     *
     * @throws IllegalStateException if it predicts ratings
     */
    public RankingModel ranking() {
        return model().match(ranking -> ranking, rating -> {
            throw new IllegalStateException("Cannot return a ranking: this model predicts ratings. Call model().");
        });
    }

    public Param<String> historyCol() {
        return historyCol;
    }

    public Param<String> recommendationsCol() {
        return recommendationsCol;
    }

    public IntParam k() {
        return k;
    }

    /** Sets the column of histories that {@link #transform} reads. The default is {@code history}. */
    public DiscreetModel setHistoryCol(String name) {
        set(historyCol, name);
        return this;
    }

    /** Sets the column of lists that {@link #transform} adds. The default is {@code recommendations}. */
    public DiscreetModel setRecommendationsCol(String name) {
        set(recommendationsCol, name);
        return this;
    }

    /** Sets the number of items in a list. The default is 100. */
    public DiscreetModel setK(int items) {
        set(k, items);
        return this;
    }

    public IntParam reserved() {
        return reserved;
    }

    public StringArrayParam filter() {
        return filter;
    }

    /**
     * Reserves so many of every {@value ListRules#PLACES} places for items outside the head whose genres or
     * decade suit the user.
     */
    public DiscreetModel setReserved(int places) {
        set(reserved, places);
        return this;
    }

    /** Recommends only items that meet all of these conditions ({@link ItemFilter}). */
    public DiscreetModel setFilter(String... conditions) {
        set(filter, conditions.clone());
        return this;
    }

    public BooleanParam listSeen() {
        return listSeen;
    }

    /**
     * Sets whether lists may have items of the user's own history, as for groceries and music. By default
     * they have none of them, whatever their ratings.
     */
    public DiscreetModel setListSeen(boolean listed) {
        set(listSeen, listed);
        return this;
    }

    private ListRules rules(int length) {
        List<ItemFilter> conditions =
                Arrays.stream(getOrDefault(filter)).map(ItemFilter::parse).toList();
        return AvailableItems.of(model().catalogue())
                .where(conditions)
                .rules(length, (int) getOrDefault(reserved))
                .withSeen((boolean) getOrDefault(listSeen));
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        return withLists(dataset, model().scorer());
    }

    private <H> Dataset<Row> withLists(Dataset<?> dataset, Recommender<H> scorer) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
        Broadcast<Recommender<H>> scorers = context.broadcast(scorer);
        Broadcast<Catalogue> catalogue = context.broadcast(model().catalogue());
        HistoryForm<H> form = scorer.historyForm();
        HistoryColumn column = HistoryColumn.of(
                historyEntry(dataset.schema()), model().parameters().minRating());
        ListRules rules = rules((int) getOrDefault(k));
        UDF1<@Nullable Seq<Row>, Row[]> recommend = history -> {
            UserHistory<H> own = UserHistory.of(column.rows(history, catalogue.value()), form, column.minRating());
            return rows(scorers.value().recommend(own, rules), catalogue.value());
        };
        return dataset.toDF()
                .withColumn(
                        getOrDefault(recommendationsCol),
                        udf(recommend, RECOMMENDATIONS).apply(col(getOrDefault(historyCol))));
    }

    /**
     * Positions of the fields of a history column, sent to tasks.
     *
     * @param rating position of the field, or -1 if there is none
     * @param minRating entries with lower ratings do not count
     */
    private record HistoryColumn(int item, int rating, double minRating) implements Serializable {
        static HistoryColumn of(StructType entry, double minRating) {
            int rating = Arrays.asList(entry.fieldNames()).indexOf("rating");
            return new HistoryColumn(
                    entry.fieldIndex("item"), rating, rating < 0 ? Double.NEGATIVE_INFINITY : minRating);
        }

        /**
         * Returns the rows of one user's history. The item of an entry without a usable rating is seen and
         * does not count, and of several entries for one item the highest rating counts.
         */
        UserRows rows(@Nullable Seq<Row> history, Catalogue catalogue) {
            UserRows rows = new UserRows();
            if (history != null) {
                for (Row entry : CollectionConverters.asJava(history)) {
                    if (entry != null && !entry.isNullAt(item)) {
                        add(rows, catalogue.indexOf(String.valueOf(entry.get(item))), entry);
                    }
                }
            }
            return rows;
        }

        private void add(UserRows rows, int index, Row entry) {
            if (index < 0) {
                return;
            }
            if (rating < 0) {
                rows.add(index, RatingParser.OLDEST, 0);
            } else if (!entry.isNullAt(rating)
                    && entry.get(rating) instanceof Number number
                    && Double.isFinite(number.doubleValue())) {
                rows.add(index, RatingParser.OLDEST, number.doubleValue());
            } else {
                rows.addSeen(index);
            }
        }
    }

    private static Row[] rows(List<Recommendation> list, Catalogue catalogue) {
        return list.stream()
                .map(place -> RowFactory.create(catalogue.id(place.item()), place.score()))
                .toArray(Row[]::new);
    }

    /**
     * Makes a list of at most {@code items} items for every user in {@code ratings} (columns user, item
     * and, optionally, rating and timestamp). The columns of the result are user, item, rank, score and
     * source.
     */
    public Dataset<Row> recommendForUsers(Dataset<?> ratings, int items) {
        return recommendForUsers(ratings, RatingColumns.DEFAULT, items);
    }

    /** Does the same as {@link #recommendForUsers(Dataset, int)} for columns with other names. */
    public Dataset<Row> recommendForUsers(Dataset<?> ratings, RatingColumns columns, int items) {
        if (items < 1) {
            throw new InputException("Cannot recommend: the number of items must be > 0. Provided value: " + items
                    + ". Give a larger number.");
        }
        RowRules rules = new RowRules(model().parameters().minRating(), Integer.MAX_VALUE);
        Histories histories = Histories.of(ratings, columns, model().catalogue(), rules);
        return lists(ratings.sparkSession(), model().scorer(), histories, rules(items));
    }

    private <H> Dataset<Row> lists(SparkSession spark, Recommender<H> scorer, Histories histories, ListRules rules) {
        HistoryForm<H> form = scorer.historyForm();
        if (form.hasRatings() && !histories.hasRatings()) {
            throw new InputException("Cannot recommend: the data has no column of ratings, and this model predicts"
                    + " ratings from a person's own. Give ratings.");
        }
        return BatchLists.of(spark, scorer, model().catalogue(), histories.byUser(form), rules);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        StructType entry = historyEntry(schema);
        if (!Arrays.asList(entry.fieldNames()).contains("item")) {
            throw new InputException("Cannot recommend: the structs in column '" + getOrDefault(historyCol)
                    + "' have no field 'item'. Name their fields item and, optionally, rating.");
        }
        if (model != null
                && model.historyForm().hasRatings()
                && !Arrays.asList(entry.fieldNames()).contains("rating")) {
            throw new InputException("Cannot recommend: the structs in column '" + getOrDefault(historyCol)
                    + "' have no field 'rating', and this model predicts ratings from a person's own. Add it.");
        }
        DataType item = entry.apply("item").dataType();
        if (!(item instanceof StringType || item instanceof LongType || item instanceof IntegerType)) {
            throw new InputException("Cannot recommend: field 'item' in column '" + getOrDefault(historyCol)
                    + "' holds " + item.simpleString() + ", not text or whole numbers. Convert it.");
        }
        if (Arrays.asList(entry.fieldNames()).contains("rating")
                && !(entry.apply("rating").dataType() instanceof NumericType)) {
            throw new InputException("Cannot recommend: field 'rating' in column '" + getOrDefault(historyCol)
                    + "' does not hold numbers. Convert it.");
        }
        if (Arrays.asList(schema.fieldNames()).contains(getOrDefault(recommendationsCol))) {
            throw new InputException("Cannot recommend: column '" + getOrDefault(recommendationsCol)
                    + "' exists. Name another with setRecommendationsCol.");
        }
        return schema.add(getOrDefault(recommendationsCol), RECOMMENDATIONS);
    }

    private StructType historyEntry(StructType schema) {
        String name = getOrDefault(historyCol);
        if (Arrays.asList(schema.fieldNames()).contains(name)
                && schema.apply(name).dataType() instanceof ArrayType array
                && array.elementType() instanceof StructType entry) {
            return entry;
        }
        throw new InputException("Cannot recommend: there is no column '" + name
                + "' of arrays of structs (item, rating). Group ratings into one and name it with setHistoryCol.");
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public DiscreetModel copy(ParamMap extra) {
        DiscreetModel copy = copyValues(new DiscreetModel(uid, model), extra);
        return copy.setParent(parent());
    }

    /** Writes the model's folder ({@link ModelFiles}) to a local path. Nothing is overwritten. */
    @Override
    public MLWriter write() {
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                DiscreetModel.this.save(path);
            }
        };
    }

    @Override
    public void save(String path) {
        ModelFiles.write(model(), local(path));
    }

    /** Reads a model that {@link #save} or {@code discreet train} wrote. */
    public static DiscreetModel load(String path) {
        return new DiscreetModel(ModelFiles.read(local(path)));
    }

    /** Accepts URIs as well as paths, as is usual in Spark. */
    private static Path local(String path) {
        URI uri = new org.apache.hadoop.fs.Path(path).toUri();
        if (uri.getScheme() == null) {
            return Path.of(path);
        }
        if (!"file".equals(uri.getScheme())) {
            throw new InputException("Cannot keep a model at " + path
                    + ": that is not a local folder. Use one, and copy it there or from there.");
        }
        return Path.of(uri.getPath());
    }

    public static MLReader<DiscreetModel> read() {
        return new MLReader<>() {
            @Override
            public DiscreetModel load(String path) {
                return DiscreetModel.load(path);
            }
        };
    }
}

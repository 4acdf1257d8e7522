package discreet.spark.check;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.history.CsvLayout;
import discreet.history.CsvObserver;
import discreet.history.HistoryForm;
import discreet.history.RatingsSchema;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingObserver;
import discreet.spark.ratings.RatingsReader;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Counts exactly what files of ratings hold and what a training would make of them. The files are read once,
 * by the readers of trainings, and users are grouped as there.
 *
 * <p>Cost: one pass over the rows and one shuffle of packed rows by user ({@link Histories}). Without a
 * catalogue, one more pass collects the ids of items first.
 */
public final class InputCheck {
    private InputCheck() {}

    /**
     * Reads the files and counts.
     *
     * @param listed the public catalogue. Null means that every item of the ratings counts
     * @param rules decide which rows count
     */
    public static InputCounts of(SparkSession spark, RatingsSchema schema, @Nullable Catalogue listed, RowRules rules) {
        Catalogue catalogue = listed == null ? rated(spark, schema) : listed;
        Parts<RowCounts> rows = new Parts<>(RowCounts::new);
        Parts<CsvCounts> csv = new Parts<>(CsvCounts::new);
        spark.sparkContext().register(rows);
        spark.sparkContext().register(csv);
        Dataset<Row> ratings = RatingsReader.open(spark, schema, new CsvSight(csv));
        RowRules uncapped = new RowRules(rules.minRating(), Integer.MAX_VALUE, rules.users());
        UserCounts users = Histories.of(ratings, schema.input().columns(), catalogue, uncapped)
                .observedBy(new RowSight(rows))
                .byUser(HistoryForm.ofItems())
                .values()
                .aggregate(UserCounts.NONE, (sum, own) -> sum.with(own, rules.maxItemsPerUser()), UserCounts::plus);
        return counts(
                rows.value(),
                users,
                schema.layout() == null ? null : csv.value().counts(),
                catalogue);
    }

    /**
     * Returns the items of the ratings as a catalogue. Ids that are not usable are null in the normal form.
     */
    private static Catalogue rated(SparkSession spark, RatingsSchema schema) {
        return Catalogue.of(RatingsReader.read(spark, schema).select("item").distinct().collectAsList().stream()
                .filter(row -> !row.isNullAt(0))
                .map(row -> Item.of(row.getString(0)))
                .toList());
    }

    private static InputCounts counts(
            RowCounts rows, UserCounts users, InputCounts.@Nullable Csv csv, Catalogue catalogue) {
        return new InputCounts(
                new InputCounts.Rows(
                        rows.rows(),
                        rows.withoutUser(),
                        rows.withoutItem(),
                        rows.unlisted(),
                        rows.usable() - users.seen(),
                        users.seen() - users.counting(),
                        users.counting() - users.capped(),
                        users.capped()),
                new InputCounts.People(users.named(), users.withItems(), users.most(), users.aboveCap()),
                items(rows, catalogue),
                new InputCounts.Ratings(
                        rows.lowest() > rows.highest() ? Double.NaN : rows.lowest(),
                        rows.lowest() > rows.highest() ? Double.NaN : rows.highest(),
                        rows.values(),
                        rows.unrated()),
                new InputCounts.Times(
                        rows.first() > rows.last() ? null : (Long) rows.first(),
                        rows.first() > rows.last() ? null : (Long) rows.last(),
                        rows.untimed()),
                csv);
    }

    private static InputCounts.Items items(RowCounts rows, Catalogue catalogue) {
        Map<String, Long> examples = rows.unlistedIds().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(CsvCounts.EXAMPLES)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
        List<String> unrated = IntStream.range(0, catalogue.size())
                .filter(item -> !rows.listed().get(item))
                .limit(CsvCounts.EXAMPLES)
                .mapToObj(catalogue::id)
                .toList();
        return new InputCounts.Items(
                rows.listed().cardinality(),
                catalogue.size(),
                rows.unlistedIds().size(),
                rows.hasMoreIds(),
                examples,
                unrated,
                LookAlikes.of(rows.unlistedIds().keySet(), catalogue));
    }

    /**
     * Counts users.
     *
     * @param named users that a row names
     * @param withItems users with an item that counts
     * @param seen items of the catalogue that users have rows of, summed over users
     * @param counting items that count without a cap, summed over users
     * @param capped items that count with the cap, summed over users
     * @param most most items of a user that count without a cap
     * @param aboveCap users who have more than the cap
     */
    private record UserCounts(
            long named, long withItems, long seen, long counting, long capped, int most, long aboveCap)
            implements Serializable {
        static final UserCounts NONE = new UserCounts(0, 0, 0, 0, 0, 0, 0);

        UserCounts with(UserHistory<int[]> own, int cap) {
            int items = own.counted().length;
            return plus(new UserCounts(
                    1, items > 0 ? 1 : 0, own.seen().length, items, Math.min(items, cap), items, items > cap ? 1 : 0));
        }

        UserCounts plus(UserCounts other) {
            return new UserCounts(
                    named + other.named,
                    withItems + other.withItems,
                    seen + other.seen,
                    counting + other.counting,
                    capped + other.capped,
                    Math.max(most, other.most),
                    aboveCap + other.aboveCap);
        }
    }

    /** Counts rows. */
    private record RowSight(Parts<RowCounts> parts) implements RatingObserver {
        @Override
        public Task start() {
            RowCounts counts = new RowCounts();
            return new Task() {
                @Override
                public void see(boolean hasUser, int item, @Nullable String id, double rating, long time) {
                    counts.see(hasUser, item, id, rating, time);
                }

                @Override
                public void end() {
                    parts.add(counts);
                }
            };
        }
    }

    /** Counts what is odd in CSV. */
    private record CsvSight(Parts<CsvCounts> parts) implements CsvObserver {
        @Override
        public Task start(CsvLayout layout) {
            CsvCounts counts = new CsvCounts();
            return new Task() {
                @Override
                public void see(String record, @Nullable String @Nullable [] fields) {
                    counts.see(layout, record, fields);
                }

                @Override
                public void end() {
                    parts.add(counts);
                }
            };
        }
    }
}

package discreet.spark.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.udf;

import discreet.InputException;
import discreet.RunException;
import discreet.files.OwnerOnly;
import discreet.history.HashRangeFile;
import discreet.history.RatingsInput;
import discreet.privacy.HashRange;
import discreet.privacy.SaltedHash;
import discreet.spark.ratings.RatingsReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Sets users apart for evaluation and divides their items into a known history and a hidden holdout.
 *
 * <p>All choices follow a public salted hash (SHA-256) of ids. Whether a user is set apart depends on the
 * user's id alone, and which items are hidden depends on the user's own items alone. Rows of others have no
 * influence, and the same salt makes the same split of data in any order and partitioning. Shares are
 * shares of the hash's range, so the share of users set apart is about the one asked for. A
 * {@link HashRangeFile} beside the rows of each folder lets training and evaluation be charged to disjoint
 * hash ranges of users.
 *
 * <p>The output is three Parquet folders, {@code train}, {@code histories} and {@code holdout}, with the
 * columns user, item, rating (if the data has ratings) and timestamp (milliseconds since 1970, null if
 * there is none). All rows of one user and item go to one side. Rows that never count (without a user, an
 * item or a usable rating) are left out. Of a user with k items, {@code max(1, floor(itemsShare k))} are
 * hidden and at least one stays known, so a user with one item has no holdout.
 *
 * @param peopleShare share of the users set apart, between 0 and 1
 * @param itemsShare share of their items that is hidden, between 0 and 1
 * @param salt any text. Another salt makes another split
 */
public record Split(double peopleShare, double itemsShare, String salt) implements Serializable {
    /** The defaults of the command line. */
    public static final Split DEFAULT = new Split(0.1, 0.2, "discreet");

    /** Folder of the ratings of users who are trained on. */
    public static final String TRAIN = "train";
    /** Folder of the known ratings of the users set apart. */
    public static final String HISTORIES = "histories";
    /** Folder of the hidden ratings of the users set apart. */
    public static final String HOLDOUT = "holdout";

    public Split {
        check("the share of people", peopleShare);
        check("the share of items", itemsShare);
    }

    private static void check(String what, double share) {
        if (!(share > 0 && share < 1)) {
            throw new InputException("Cannot split: " + what + " must be > 0 and < 1. Provided value: " + share
                    + ". Give another share.");
        }
    }

    /**
     * Splits the ratings at a path. The output appears as a whole or not at all.
     *
     * @throws InputException if the ratings are not usable or the output exists
     */
    public void run(SparkSession spark, RatingsInput ratings, String output) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        Path target;
        FileSystem system;
        try {
            target = new Path(output);
            system = target.getFileSystem(hadoop);
            target = system.makeQualified(target);
            checkFree(system, target);
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new InputException("Cannot write the split to " + output + ": the file system refused ("
                    + e.getClass().getSimpleName() + "). Check the path.");
        }
        Dataset<Row> rows = RatingsReader.read(spark, ratings);
        Path partial = new Path(target.getParent(), "." + target.getName() + "-" + UUID.randomUUID() + ".partial");
        try {
            OwnerOnly.makeFolder(system, partial);
            write(rows, partial);
            OwnerOnly.close(system, partial);
            checkFree(system, target);
            if (!system.rename(partial, target)) {
                throw new IOException("rename");
            }
        } catch (IOException e) {
            throw new RunException("Cannot write the split to " + output + ": the file system refused ("
                    + e.getClass().getSimpleName() + "). Check free space and permissions.");
        } finally {
            delete(system, partial);
        }
    }

    private static void checkFree(FileSystem system, Path target) throws IOException {
        if (system.exists(target)) {
            throw new InputException(
                    "Cannot write the split to " + target + ": it exists. Give another folder, or remove it first.");
        }
    }

    private static void delete(FileSystem system, Path partial) {
        try {
            system.delete(partial, true);
        } catch (IOException e) {
            // The rest begins with a dot, so it is not taken for a split.
            return;
        }
    }

    private void write(Dataset<Row> normal, Path folder) throws IOException {
        boolean hasRatings = Arrays.asList(normal.columns()).contains("rating");
        Column present = col("user").isNotNull().and(col("item").isNotNull());
        Dataset<Row> rows = normal.where(hasRatings ? present.and(col("rating").isNotNull()) : present);
        HashRange set = apart();
        Column apart =
                udf((String user) -> set.contains(user), DataTypes.BooleanType).apply(col("user"));
        Dataset<Row> chosen = rows.where(apart);
        save(rows.where(not(apart)), folder, TRAIN, others());
        save(side(chosen, false), folder, HISTORIES, set);
        save(side(chosen, true), folder, HOLDOUT, set);
    }

    /**
     * Returns the rows of one side. A user's items are ranked by hash, all rows of an item together, and
     * the first ranks are hidden.
     */
    private Dataset<Row> side(Dataset<Row> chosen, boolean hidden) {
        SaltedHash hash = new SaltedHash(salt);
        Column order = udf((String user, String item) -> hash.of("item", user, item), DataTypes.LongType)
                .apply(col("user"), col("item"));
        Column hiddenOf =
                udf((Integer items) -> hidden(items), DataTypes.IntegerType).apply(col("items"));
        Column isHidden = col("rank").leq(hiddenOf);
        WindowSpec person = Window.partitionBy(col("user"));
        return chosen.withColumn("order", order)
                .withColumn("rank", dense_rank().over(person.orderBy(col("order"), col("item"))))
                .withColumn("items", max(col("rank")).over(person))
                .where(hidden ? isHidden : not(isHidden))
                .drop("order", "rank", "items");
    }

    /**
     * Returns the users set apart. A ledger charges them separately from the {@link #others} (see
     * {@link HashRange}).
     */
    HashRange apart() {
        return HashRange.below(salt, peopleShare);
    }

    /** Returns the users who are trained on. */
    HashRange others() {
        return HashRange.notBelow(salt, peopleShare);
    }

    private static void save(Dataset<Row> rows, Path folder, String name, HashRange users) throws IOException {
        // A missing time is null in files. The mark on the column tells the reader that times are
        // milliseconds.
        Column time = nullif(col("timestamp"), lit(Long.MIN_VALUE))
                .as("timestamp", rows.schema().apply("timestamp").metadata());
        Column[] columns = Arrays.stream(rows.columns())
                .map(column -> column.equals("timestamp") ? time : col(column))
                .toArray(Column[]::new);
        Path part = new Path(folder, name);
        rows.select(columns).write().parquet(part.toString());
        HashRangeFile.write(rows.sparkSession().sessionState().newHadoopConf(), part, users);
    }

    private int hidden(int items) {
        return Math.min(items - 1, Math.max(1, (int) Math.floor(itemsShare * items)));
    }
}

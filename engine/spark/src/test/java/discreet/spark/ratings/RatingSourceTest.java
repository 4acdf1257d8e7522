package discreet.spark.ratings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collate;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.files.IdLimit;
import discreet.history.HistoryForm;
import discreet.history.NaiveHistories;
import discreet.history.PackedRows;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.history.UserRows;
import discreet.privacy.HashRange;
import discreet.spark.SparkTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading in batches and reading rows in the normal form give the same ratings for any content. */
@Tag("slow")
class RatingSourceTest extends SparkTest {
    private static final String BATCH = "spark.sql.parquet.columnarReaderBatchSize";

    /** The columns as written, with ids in bytes so that some are invalid UTF-8. */
    private static final StructType WRITTEN = new StructType()
            .add("who", DataTypes.BinaryType)
            .add("what", DataTypes.BinaryType)
            .add("stars", DataTypes.DoubleType)
            .add("at", DataTypes.DoubleType);

    private static final RatingColumns COLUMNS = new RatingColumns("who", "what", "stars", "at");
    private static final String LONGEST = "\u00E9".repeat(IdLimit.MAX_BYTES / 2);
    private static final String TOO_LONG = LONGEST + "x";
    private static final List<byte[]> ODD = Stream.of(
                    "", "\uFFFD", "\u0000", "7\u0000", "0", "007", "\uD83C\uDFAC", "ITEM-1", LONGEST, TOO_LONG)
            .map(text -> text.getBytes(UTF_8))
            .toList();
    private static final List<Double> NUMBERS =
            List.of(0.0, -0.0, 4.5, Double.NaN, Double.POSITIVE_INFINITY, -3.0, 1.7e9, 1.7e12, -1e300);

    static final Catalogue CATALOGUE = Catalogue.of(Stream.concat(
                    IntStream.range(0, 60)
                            .boxed()
                            .flatMap(i -> Stream.of("" + i, "item-" + i, "a-long-id-" + i, "a-long-id-" + i + "-more")),
                    Stream.of(
                            "\u0000",
                            "7\u0000",
                            "007",
                            "\uD83C\uDFAC",
                            "ITEM-1",
                            LONGEST,
                            "-1",
                            "65536",
                            "-9223372036854775808"))
            .map(Item::of)
            .toList());

    @AfterEach
    void defaultBatches() {
        spark().conf().unset(BATCH);
    }

    private static byte @Nullable [] id(Random random, int kinds) {
        return switch (random.nextInt(40)) {
            case 0 -> null;
            case 1 -> ODD.get(random.nextInt(ODD.size()));
            case 2 -> new byte[] {'i', (byte) 0xFF};
            case 3 -> new byte[] {(byte) 0xC3};
            default -> {
                String number = "" + random.nextInt(70);
                yield List.of(number, "item-" + number, "a-long-id-" + number, "a-long-id-" + number + "-more")
                        .get(random.nextInt(kinds))
                        .getBytes(UTF_8);
            }
        };
    }

    private static @Nullable Double number(Random random) {
        return random.nextInt(20) == 0
                ? null
                : random.nextInt(4) == 0
                        ? NUMBERS.get(random.nextInt(NUMBERS.size()))
                        : Double.valueOf(random.nextInt(10) / 2.0);
    }

    static Dataset<Row> random(int seed, int count) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        while (rows.size() < count) {
            // Most rows of a user are adjacent.
            byte[] user = id(random, 1 + random.nextInt(4));
            for (int more = random.nextInt(30); more >= 0; more--) {
                rows.add(RowFactory.create(user, id(random, 4), number(random), number(random)));
            }
        }
        return spark().createDataFrame(rows, WRITTEN);
    }

    private static Map<String, Map<Integer, List<Object>>> contents(RatingSource source, int maxRows) {
        Broadcast<ItemIndex> items =
                JavaSparkContext.fromSparkContext(spark().sparkContext()).broadcast(new ItemIndex(CATALOGUE));
        Map<String, Map<Integer, List<Object>>> contents = new TreeMap<>();
        for (Row packed : source.packed(items, true, user -> !user.equals("item-3"), null, maxRows)
                .collect()) {
            String user = new String(packed.<byte[]>getAs(UserIterator.USER), UTF_8);
            Map<Integer, List<Object>> own = contents.computeIfAbsent(user, any -> new TreeMap<>());
            PackedRows.Reader row = new PackedRows.Reader(packed.getAs(UserIterator.ROWS));
            while (row.next()) {
                own.merge(row.item(), List.of(row.time(), row.rating()), (one, other) -> {
                    boolean counts = UserRows.replaces(
                            (long) one.get(0), (double) one.get(1), (long) other.get(0), (double) other.get(1));
                    return counts ? one : other;
                });
            }
        }
        return contents;
    }

    private static void assertBatchesEqualRows(Dataset<Row> read, RatingColumns columns) {
        RatingSource source = RatingSource.of(read, "here", columns);
        assertThat(source.batches()).as("read in batches").isNotNull();
        Map<String, Map<Integer, List<Object>>> plain =
                contents(new RatingSource(source.normal(), null, source.item()), RowPacker.MAX_ROWS);
        assertThat(plain).hasSizeGreaterThan(10).doesNotContainKeys("", "item-3", TOO_LONG);
        assertThat(plain.values().stream().mapToInt(Map::size).sum()).isPositive();
        for (int maxRows : new int[] {1, 100, RowPacker.MAX_ROWS}) {
            assertThat(contents(source, maxRows)).isEqualTo(plain);
        }
    }

    /**
     * Covers row groups, pages and dictionaries of several sizes. A column may begin with a dictionary and
     * continue without one.
     */
    @ParameterizedTest
    @CsvSource({
        "true, 4096, 1048576, 134217728, true",
        "true, 7, 1048576, 3000, true",
        "true, 100, 8000, 134217728, true false",
        "false, 64, 100, 20000, false"
    })
    void packed_textInParquet_equalsTheRows(
            boolean dictionary, int batch, int dictionaryBytes, int groupBytes, String found, @TempDir Path folder) {
        Set<Boolean> seen = Stream.of(found.split(" ")).map(Boolean::valueOf).collect(Collectors.toSet());
        spark().conf().set(BATCH, Integer.toString(batch));
        String path = folder.resolve("ratings").toString();
        Dataset<Row> rows = random(batch, 5_000);
        // First texts from the dictionary, then more distinct texts than it has room for
        Dataset<Row> more = rows.withColumn("what", expr("CAST(CONCAT('unlike-the-others-', UUID()) AS BINARY)"));
        (seen.size() > 1 ? rows.union(more) : rows)
                .select(
                        col("at"),
                        col("what").cast("string"),
                        lit("of no use").as("comment"),
                        col("stars"),
                        col("who").cast("string"))
                .coalesce(1)
                .write()
                .option("parquet.enable.dictionary", dictionary)
                .option("parquet.dictionary.page.size", dictionaryBytes)
                .option("parquet.page.size", 1000)
                .option("parquet.block.size", groupBytes)
                .option("parquet.page.row.count.limit", 1000)
                .parquet(path);
        Dataset<Row> read = RatingsReader.open(spark(), path, COLUMNS);
        assertThat(itemsInDictionary(read)).isEqualTo(seen);
        assertBatchesEqualRows(read, COLUMNS);
    }

    private static Set<Boolean> itemsInDictionary(Dataset<Row> read) {
        RatingSource.Batches batches =
                Objects.requireNonNull(RatingSource.of(read, "here", COLUMNS).batches());
        int item = batches.layout().item().position();
        return Set.copyOf(batches.scan()
                .batches()
                .map(batch -> ((WritableColumnVector) batch.column(item)).hasDictionary())
                .collect());
    }

    /** Ids that share a slot in the table of numbers or equal its initial values. */
    @Test
    void packed_numbersThatCollide_equalTheRows(@TempDir Path folder) {
        long[] numbers = {0, -1, 65_536, -65_536, 131_072, 7, 65_543, Long.MIN_VALUE, Long.MAX_VALUE};
        Random random = new Random(4);
        List<Row> rows = random.ints(4_000, 0, numbers.length)
                .mapToObj(number -> RowFactory.create((long) random.nextInt(50), numbers[number]))
                .toList();
        spark().createDataFrame(rows, StructType.fromDDL("user BIGINT, item BIGINT"))
                .coalesce(1)
                .write()
                .parquet(folder.resolve("ratings").toString());
        Dataset<Row> read = spark().read().parquet(folder.resolve("ratings").toString());
        assertThat(CATALOGUE.indexOf("0")).isNotNegative();
        assertBatchesEqualRows(read, RatingColumns.DEFAULT);
    }

    /** Batches leave out users outside the hash range or in finished parts, as rows do. */
    @Test
    void histories_inBatches_areLimitedToHashRangeAndUnfinishedParts(@TempDir Path folder) {
        random(5, 3_000)
                .select(col("who").cast("string"), col("what").cast("string"), col("stars"), col("at"))
                .write()
                .parquet(folder.resolve("ratings").toString());
        RatingSource source =
                RatingSource.of(spark().read().parquet(folder.resolve("ratings").toString()), "here", COLUMNS);
        assertThat(source.batches()).isNotNull();
        BitSet finished = new BitSet();
        finished.set(1);
        finished.set(4);
        UserParts parts = new UserParts(5, finished);
        for (HashRange users : new @Nullable HashRange[] {null, HashRange.below("salt", .5)}) {
            RowRules rules = new RowRules(1, 20, users);
            Histories batches = new Histories(source, CATALOGUE, rules);
            Histories rows = new Histories(new RatingSource(source.normal(), null, source.item()), CATALOGUE, rules);
            assertThat(NaiveHistories.ofArrays(batches.rows().collect()))
                    .isNotEmpty()
                    .isEqualTo(NaiveHistories.ofArrays(rows.rows().collect()));
            Map<String, UserHistory<int[]>> left =
                    batches.byUser(HistoryForm.ofItems(), parts).collectAsMap();
            assertThat(left.keySet())
                    .isNotEmpty()
                    .allMatch(user -> parts.isUnfinished(user) && (users == null || users.contains(user)))
                    .containsExactlyInAnyOrderElementsOf(rows.byUser(HistoryForm.ofItems()).keys().collect().stream()
                            .filter(parts::isUnfinished)
                            .toList());
            rows.byUser(HistoryForm.ofItems(), parts).collectAsMap().forEach((user, history) -> {
                UserHistory<int[]> same = Objects.requireNonNull(left.get(user));
                assertThat(same.counted()).isEqualTo(history.counted());
                assertThat(same.seen()).isEqualTo(history.seen());
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who STRING, what BIGINT, stars FLOAT, at BIGINT",
                "who BIGINT, what INT, stars INT, at INT",
                "who INT, what BIGINT, stars BIGINT, at TIMESTAMP",
                "who SMALLINT, what TINYINT, stars SMALLINT, at DATE",
                "who STRING, what STRING, stars TINYINT, at FLOAT",
                "who STRING, what STRING, stars DOUBLE, at DOUBLE",
                "who STRING, what STRING, at BIGINT",
                "who STRING, what STRING, stars DOUBLE",
                "who STRING, what STRING"
            })
    void packed_typesInParquetAndOrc_equalTheRows(String types, @TempDir Path folder) {
        StructType schema = StructType.fromDDL(types);
        Dataset<Row> rows = random(types.length(), 3_000);
        Dataset<Row> typed = rows.selectExpr(Stream.of(schema.fields())
                .map(field -> {
                    boolean text = rows.schema().apply(field.name()).dataType().equals(DataTypes.BinaryType);
                    String value = text ? "CAST(" + field.name() + " AS STRING)" : field.name();
                    // Dates and times are made from seconds. Values that do not fit become null.
                    String made = switch (field.dataType().typeName()) {
                        case "date" -> "CAST(TRY_CAST(" + value + " AS TIMESTAMP) AS DATE)";
                        default ->
                            "TRY_CAST(" + value + " AS " + field.dataType().sql() + ")";
                    };
                    return made + " AS " + field.name();
                })
                .toArray(String[]::new));
        typed.write().parquet(folder.resolve("parquet").toString());
        typed.write().orc(folder.resolve("orc").toString());
        RatingColumns columns = new RatingColumns("who", "what", "stars", "at");

        assertBatchesEqualRows(
                RatingsReader.open(spark(), folder.resolve("parquet").toString(), defaults(typed, columns)),
                defaults(typed, columns));
        assertBatchesEqualRows(spark().read().orc(folder.resolve("orc").toString()), defaults(typed, columns));
    }

    /** A declared column must exist, whereas a column with its default name may be missing. */
    static RatingColumns defaults(Dataset<Row> data, RatingColumns columns) {
        List<String> names = List.of(data.columns());
        return new RatingColumns(
                columns.user(),
                columns.item(),
                names.contains("stars") ? "stars" : RatingColumns.DEFAULT.rating(),
                names.contains("at") ? "at" : RatingColumns.DEFAULT.timestamp());
    }

    /**
     * Times in milliseconds written by a split must not be taken for seconds. Data that only bears the mark
     * is checked again.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void packed_normalFormInParquet_equalsTheRows(boolean genuine, @TempDir Path folder) {
        Dataset<Row> text = random(1, 2_000)
                .withColumn("who", col("who").cast("string"))
                .withColumn("what", col("what").cast("string"));
        Dataset<Row> normal = NormalisedRatings.of(text, "here", COLUMNS);
        Metadata mark = normal.schema().apply("user").metadata();
        Dataset<Row> marked = genuine
                ? normal
                : text.select(
                        col("who").as("user", mark),
                        col("what").as("item", mark),
                        col("stars").as("rating", mark),
                        expr("TRY_CAST(at AS BIGINT)").as("timestamp", mark));
        marked.write().parquet(folder.resolve("ratings").toString());
        Dataset<Row> read =
                RatingsReader.open(spark(), folder.resolve("ratings").toString(), COLUMNS);
        assertThat(NormalisedRatings.isNormal(read.schema())).isTrue();
        assertBatchesEqualRows(read, COLUMNS);
    }

    /** Plans that do more than read columns are left to Spark and give rows. */
    @Test
    void of_otherPlansAndTypes_haveNoBatches(@TempDir Path folder) {
        Dataset<Row> text = random(2, 500)
                .withColumn("who", col("who").cast("string"))
                .withColumn("what", col("what").cast("string"));
        text.write().parquet(folder.resolve("ratings").toString());
        Dataset<Row> read = spark().read().parquet(folder.resolve("ratings").toString());
        assertThat(RatingSource.of(read, "here", COLUMNS).batches()).isNotNull();
        assertThat(RatingSource.of(
                                read.select(col("what"), col("who"), col("at").as("stars")),
                                "here",
                                new RatingColumns("who", "what", "stars", "timestamp"))
                        .batches())
                .as("other names, another order")
                .isNotNull();
        for (Dataset<Row> other : List.of(
                text,
                read.where("stars > 1"),
                read.withColumn("stars", col("stars").plus(1)),
                read.withColumn("at", col("at").cast("string")),
                read.withColumn("stars", col("stars").cast("decimal(5, 1)")),
                read.union(read),
                read.repartition(2),
                read.sample(.5, 1),
                read.sort("who"),
                read.limit(3),
                read.cache())) {
            assertThat(RatingSource.of(other, "here", COLUMNS).batches()).isNull();
        }
        read.unpersist();
        assertThatThrownBy(() -> RatingSource.of(read.drop("what"), "here", COLUMNS))
                .isInstanceOf(InputException.class);
    }

    @Test
    void packed_collatedIds_areDistinctAsText(@TempDir Path folder) {
        random(3, 5_000)
                .select(
                        collate(col("who").cast("string"), "UTF8_LCASE").as("user"),
                        col("what").cast("string").as("item"))
                .write()
                .parquet(folder.resolve("ratings").toString());
        assertBatchesEqualRows(spark().read().parquet(folder.resolve("ratings").toString()), RatingColumns.DEFAULT);
    }
}

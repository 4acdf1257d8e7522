package discreet.spark.ratings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.files.CsvField;
import discreet.files.DataFiles;
import discreet.files.IdLimit;
import discreet.files.ParquetTable;
import discreet.history.HistoryForm;
import discreet.history.RatedHistory;
import discreet.history.RatingColumns;
import discreet.history.RatingRange;
import discreet.history.RatingsInput;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.history.UserHistoryFile;
import discreet.spark.SparkTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares histories read without Spark with those that {@link Histories} makes of the same files, user by
 * user.
 */
@Tag("slow")
class UserHistoryFileTest extends SparkTest {
    private static final String HEADER = "user,item,rating,timestamp\n";
    private static final RatingRange RANGE = new RatingRange(1, 5);
    private static final RatingColumns COLUMNS = new RatingColumns("who", "what", "stars", "at");

    @TempDir
    private Path folder;

    private static <H> Map<String, List<Object>> bySpark(
            Dataset<Row> ratings, RatingColumns columns, Catalogue catalogue, double minRating, HistoryForm<H> form) {
        Histories histories = Histories.of(ratings, columns, catalogue, new RowRules(minRating, Integer.MAX_VALUE));
        return histories.byUser(form).collectAsMap().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> comparable(form, entry.getValue())));
    }

    private static <H> List<Object> comparable(HistoryForm<H> form, UserHistory<H> history) {
        return List.of(
                Arrays.stream(history.seen()).boxed().toList(),
                Arrays.stream(form.items(history.counted())).boxed().toList(),
                history.counted() instanceof RatedHistory rated
                        ? Arrays.stream(rated.values()).boxed().toList()
                        : List.of());
    }

    private static <H> Map<String, List<Object>> alone(
            Stream<String> users,
            Path path,
            RatingColumns columns,
            Catalogue catalogue,
            double minRating,
            HistoryForm<H> form) {
        UserHistoryFile file = UserHistoryFile.open(new RatingsInput(path.toString(), columns));
        Map<String, List<Object>> found = new TreeMap<>();
        users.forEach(user -> {
            UserHistoryFile.Found one = file.read(user, catalogue);
            if (one.users() == 1) {
                UserHistory<H> history = form.hasRatings() && !file.hasRatings()
                        ? UserHistory.onlySeen(one.rows(), form)
                        : UserHistory.of(one.rows(), form, file.hasRatings() ? minRating : Double.NEGATIVE_INFINITY);
                found.put(user, comparable(form, history));
            }
        });
        return found;
    }

    private static void assertEqual(Path path, RatingColumns columns, Catalogue catalogue, double minRating) {
        Dataset<Row> ratings = RatingsReader.read(spark(), path.toString(), columns);
        assertEqual(ratings, path, columns, catalogue, minRating, HistoryForm.ofItems());
        assertEqual(ratings, path, columns, catalogue, minRating, HistoryForm.ofRatings(RANGE));
    }

    private static <H> void assertEqual(
            Dataset<Row> ratings,
            Path path,
            RatingColumns columns,
            Catalogue catalogue,
            double minRating,
            HistoryForm<H> form) {
        Map<String, List<Object>> all = bySpark(ratings, columns, catalogue, minRating, form);
        assertThat(all).isNotEmpty();
        Stream<String> users = Stream.concat(all.keySet().stream(), Stream.of("", "nobody of this name", "\u0000u"));
        assertThat(alone(users, path, columns, catalogue, minRating, form)).isEqualTo(all);
        UserHistoryFile.Found any =
                UserHistoryFile.open(new RatingsInput(path.toString(), columns)).read(null, catalogue);
        assertThat(any.users()).isEqualTo(Math.min(all.size(), 2));
    }

    private static String line(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(field -> row.isNullAt(field) ? "" : CsvField.of(row.getString(field)))
                .collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void read_randomUsersInCsv_equalsSpark(long seed) throws IOException {
        HistoriesTest.Case random = HistoriesTest.Case.of(seed);
        String lines = random.rows().stream()
                .map(UserHistoryFileTest::line)
                .filter(line -> line.indexOf('\n') < 0)
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(folder.resolve("r.csv"), "\uFEFF" + HEADER + lines);
        assertEqual(
                file, RatingColumns.DEFAULT, random.catalogue(), random.rules().minRating());
    }

    /** Puts hostile lines between the good lines of two files, one of them compressed. */
    @Test
    void read_hostileLinesInCsv_equalsSpark() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(HEADER.getBytes(UTF_8));
        for (byte[] hostile : RatingsReaderTest.hostileLines().toList()) {
            bytes.write("u,a,5,1\r\n\n  \nv,\"b\",2,soon\n".getBytes(UTF_8));
            bytes.write(hostile);
            bytes.write(("\n" + HEADER + "u,b,4,2000-01-01\nw,none,3,3\n,a,3,1\n").getBytes(UTF_8));
        }
        Path in = Files.createDirectories(folder.resolve("in/deep"));
        Files.write(in.resolve("1.csv"), bytes.toByteArray());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(in.resolve("2.csv.gz")))) {
            out.write((HEADER + "u,a,1,3\nx,a,5,1").getBytes(UTF_8));
        }
        Files.writeString(in.resolve("3.csv"), "");
        Files.writeString(in.resolve("_SUCCESS"), "");
        Files.writeString(in.resolve(".hidden.csv"), HEADER + "x,b,5,1\n");
        Catalogue catalogue = Catalogue.of(
                Stream.of("a", "b", "a\u0000", "\u00e9a").map(Item::of).toList());
        for (double minRating : new double[] {Double.NEGATIVE_INFINITY, 3}) {
            assertEqual(folder.resolve("in"), RatingColumns.DEFAULT, catalogue, minRating);
            assertEqual(folder.resolve("in/d*p/[12].csv*"), RatingColumns.DEFAULT, catalogue, minRating);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user,item\nu,a\nu,b\nv,a\n", "item,user,timestamp\na,u,2\n"})
    void read_csvWithoutRatings_equalsSpark(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("r.csv"), text);
        Catalogue catalogue = Catalogue.of(List.of(Item.of("a"), Item.of("b")));
        assertThat(UserHistoryFile.open(new RatingsInput(file.toString(), RatingColumns.DEFAULT))
                        .hasRatings())
                .isFalse();
        assertEqual(file, RatingColumns.DEFAULT, catalogue, 4);
    }

    @ParameterizedTest
    @CsvSource({"true, 1048576, 134217728", "true, 300, 3000", "false, 100, 20000"})
    void read_textInParquet_equalsSpark(boolean dictionary, int dictionaryBytes, int groupBytes) {
        Path path = folder.resolve("ratings");
        RatingSourceTest.random(groupBytes, 3_000)
                .select(
                        col("at"),
                        col("what").cast("string"),
                        lit("of no use").as("comment"),
                        col("stars"),
                        col("who").cast("string"))
                .repartition(2)
                .write()
                .option("parquet.enable.dictionary", dictionary)
                .option("parquet.dictionary.page.size", dictionaryBytes)
                .option("parquet.page.size", 1000)
                .option("parquet.block.size", groupBytes)
                .parquet(path.toString());
        assertEqual(path, COLUMNS, RatingSourceTest.CATALOGUE, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who STRING, what BIGINT, stars FLOAT, at BIGINT",
                "who BIGINT, what INT, stars INT, at INT",
                "who INT, what BIGINT, stars BIGINT, at TIMESTAMP",
                "who INT, what BIGINT, stars DECIMAL(20,3), at TIMESTAMP_NTZ",
                "who SMALLINT, what TINYINT, stars SMALLINT, at DATE",
                "who STRING, what STRING, stars TINYINT, at FLOAT",
                "who STRING, what STRING, stars DECIMAL(6,2), at DECIMAL(15,1)",
                "who STRING, what STRING, stars STRING, at STRING",
                "who STRING, what STRING, at BIGINT",
                "who STRING, what STRING, stars DOUBLE",
                "who STRING, what STRING"
            })
    void read_typesOfSpark_equalsSpark(String types) {
        StructType schema = StructType.fromDDL(types);
        Dataset<Row> rows = RatingSourceTest.random(types.length(), 2_000);
        Dataset<Row> typed = rows.selectExpr(Stream.of(schema.fields())
                .map(field ->
                        "TRY_CAST(" + plain(field) + " AS " + field.dataType().sql() + ") AS " + field.name())
                .toArray(String[]::new));
        Path path = folder.resolve("parquet");
        typed.write().parquet(path.toString());
        assertEqual(path, RatingSourceTest.defaults(typed, COLUMNS), RatingSourceTest.CATALOGUE, 1);
    }

    /** Returns an expression that makes times and dates of seconds, and text of bytes. */
    private static String plain(StructField field) {
        return switch (field.dataType().typeName()) {
            case "date", "timestamp_ntz" -> "TRY_CAST(" + field.name() + " AS TIMESTAMP)";
            default -> field.name().startsWith("w") ? "CAST(" + field.name() + " AS STRING)" : "(" + field.name() + ")";
        };
    }

    /** Times that {@code discreet split} wrote are milliseconds, and must not be taken for seconds. */
    @Test
    void read_normalForm_equalsSpark() throws IOException {
        Path csv = Files.writeString(folder.resolve("r.csv"), HEADER + "u,a,5,5\nu,a,1,4\nu,b,2,\nv,b,3,1700000000\n");
        Path path = folder.resolve("normal");
        RatingsReader.read(spark(), csv.toString(), RatingColumns.DEFAULT)
                .write()
                .parquet(path.toString());
        Catalogue catalogue = Catalogue.of(List.of(Item.of("a"), Item.of("b")));
        assertEqual(path, RatingColumns.DEFAULT, catalogue, 3);
        assertEqual(path, COLUMNS, catalogue, 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void read_longIds_countUpTo1024Bytes(boolean parquet) throws IOException {
        String longest = "\u00e9".repeat(IdLimit.MAX_BYTES / 2);
        String tooLong = longest + "x";
        Path csv = Files.writeString(
                folder.resolve("long.csv"),
                HEADER + longest + ",a,5,1\n" + tooLong + ",a,5,1\nu," + longest + ",5,1\nu," + tooLong + ",5,1\n");
        Path path = csv;
        if (parquet) {
            path = folder.resolve("long");
            spark().read().option("header", true).csv(csv.toString()).write().parquet(path.toString());
        }
        Catalogue catalogue = Catalogue.of(List.of(Item.of("a"), Item.of(longest)));

        assertEqual(path, RatingColumns.DEFAULT, catalogue, 0);
        assertThat(bySpark(
                        RatingsReader.read(spark(), path.toString(), RatingColumns.DEFAULT),
                        RatingColumns.DEFAULT,
                        catalogue,
                        0,
                        HistoryForm.ofItems()))
                .containsOnlyKeys(longest, "u");
        UserHistoryFile file = UserHistoryFile.open(new RatingsInput(path.toString(), RatingColumns.DEFAULT));
        assertThat(file.read(tooLong, catalogue).users()).isZero();
        assertThat(HistoryForm.ofItems().of(file.read("u", catalogue).rows())).hasSize(1);
    }

    @Test
    void read_filesWithOtherColumns_equalsSpark() {
        Path path = folder.resolve("in");
        Dataset<Row> rows = spark().range(40)
                .selectExpr("CONCAT('u', id % 7) AS user", "id % 5 AS item", "id % 3 AS rating", "id AS timestamp");
        rows.write().parquet(path.resolve("one").toString());
        rows.withColumn("more", rows.col("user"))
                .write()
                .parquet(path.resolve("two/x=3").toString());
        rows.withColumn("more", rows.col("rating"))
                .write()
                .parquet(path.resolve("three").toString());
        Catalogue catalogue = Catalogue.of(
                IntStream.range(0, 5).mapToObj(i -> Item.of("" + i)).toList());
        assertEqual(path, RatingColumns.DEFAULT, catalogue, 1);
    }

    /** Types that Spark reads, including some that it never writes. */
    private static final List<String> READ = List.of(
            "boolean x",
            "float x",
            "double x",
            "int32 x",
            "int32 x (INTEGER(8,true))",
            "int32 x (INTEGER(16,true))",
            "int32 x (INTEGER(32,true))",
            "int32 x (INTEGER(8,false))",
            "int32 x (INTEGER(16,false))",
            "int32 x (INTEGER(32,false))",
            "int32 x (DATE)",
            "int32 x (DECIMAL(9,2))",
            "int64 x",
            "int64 x (INTEGER(64,true))",
            "int64 x (INTEGER(64,false))",
            "int64 x (DECIMAL(18,3))",
            "int64 x (TIMESTAMP(MILLIS,true))",
            "int64 x (TIMESTAMP(MILLIS,false))",
            "int64 x (TIMESTAMP(MICROS,true))",
            "int64 x (TIMESTAMP(MICROS,false))",
            "int96 x",
            "binary x",
            "binary x (STRING)",
            "binary x (ENUM)",
            "binary x (JSON)",
            "binary x (BSON)",
            "binary x (DECIMAL(30,4))",
            "fixed_len_byte_array(3) x",
            "fixed_len_byte_array(12) x (DECIMAL(28,5))");

    /** Types that Spark refuses. They are refused where they are used, and harmless elsewhere. */
    private static final List<String> NOT_READ = List.of(
            "int32 x (TIME(MILLIS,true))",
            "int64 x (TIMESTAMP(NANOS,true))",
            "int64 x (TIME(MICROS,true))",
            "int64 x (TIME(MICROS,false))",
            "int64 x (TIME(NANOS,true))",
            "fixed_len_byte_array(16) x (UUID)",
            "fixed_len_byte_array(12) x (INTERVAL)",
            "fixed_len_byte_array(2) x (FLOAT16)");

    /**
     * Tries every type for users, ratings and times. Both readers read it alike, or refuse it in the same
     * words.
     */
    @Test
    void read_typesOfParquet_equalsSpark() throws IOException {
        Path file = folder.resolve("types.parquet");
        write(file, READ);
        String path = file.toString();
        Dataset<Row> raw = ParquetFiles.read(
                spark(),
                DataFiles.find(path, "ratings"),
                ParquetTable.of(DataFiles.find(path, "ratings"), "ratings").columns());
        for (int type = 0; type < READ.size(); type++) {
            String name = "x" + type;
            for (RatingColumns columns : List.of(
                    new RatingColumns(name, "item", "rating", "timestamp"),
                    new RatingColumns("user", "item", name, "timestamp"),
                    new RatingColumns("user", "item", "rating", name))) {
                Throwable refused = catchThrowable(() -> NormalisedRatings.of(raw, path, columns));
                if (refused == null) {
                    assertEqual(raw, file, columns, RatingSourceTest.CATALOGUE, 0, HistoryForm.ofRatings(RANGE));
                } else {
                    assertThatThrownBy(() -> UserHistoryFile.open(new RatingsInput(path, columns)))
                            .isInstanceOf(InputException.class)
                            .hasMessage(refused.getMessage());
                }
            }
        }
    }

    @Test
    void open_typesThatSparkDoesNotRead_areRefusedInTheWordsOfSpark() throws IOException {
        for (int type = 0; type < NOT_READ.size(); type++) {
            Path file = folder.resolve(type + ".parquet");
            write(file, List.of(NOT_READ.get(type)));
            assertRefusedAsBySpark(file.toString(), new RatingColumns("user", "item", "x0", "timestamp"));
            assertEqual(file, RatingColumns.DEFAULT, RatingSourceTest.CATALOGUE, 0);
        }
    }

    /**
     * Writes ratings of two users, with a column x0, x1, ... of each type. Some values are missing, and some
     * are very large or odd.
     */
    private static void write(Path file, List<String> types) throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message ratings { optional binary user (STRING); optional binary item (STRING);\n"
                        + "optional double rating; optional int64 timestamp;\n"
                        + IntStream.range(0, types.size())
                                .mapToObj(type -> "optional " + types.get(type).replaceFirst(" x", " x" + type) + ";\n")
                                .collect(Collectors.joining())
                        + "}");
        SimpleGroupFactory groups = new SimpleGroupFactory(schema);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .build()) {
            for (int row = 0; row < 120; row++) {
                Group group = groups.newGroup()
                        .append("user", row % 2 == 0 ? "u" : "v")
                        .append("item", "" + row % 10)
                        .append("rating", row % 4 + 1.0)
                        .append("timestamp", (long) row % 6);
                for (int type = 0; type < types.size(); type++) {
                    if ((row + type) % 11 != 0) {
                        append(group, "x" + type, schema.getType("x" + type).asPrimitiveType(), row);
                    }
                }
                writer.write(group);
            }
        }
    }

    private static void append(Group group, String column, PrimitiveType type, int row) {
        long far = row % 7 == 0 ? (row % 2 == 0 ? -1 : 1) * (1L << row % 62) : row % 5;
        switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> group.append(column, row % 2 == 0);
            case FLOAT -> group.append(column, row % 13 == 0 ? Float.NaN : (float) far);
            case DOUBLE -> group.append(column, row % 13 == 0 ? Double.NEGATIVE_INFINITY : far / 2.0);
            case INT32 -> group.append(column, (int) far);
            case INT64 -> group.append(column, far);
            case INT96 ->
                group.append(
                        column,
                        Binary.fromConstantByteArray(ByteBuffer.allocate(12)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putLong(far)
                                .putInt(2_440_588 + row % 9 - 4)
                                .array()));
            case BINARY ->
                group.append(
                        column,
                        Binary.fromConstantByteArray(
                                row % 3 == 0 ? new byte[] {(byte) row, (byte) 0xED, (byte) 0xA0, 65} : digits(row)));
            case FIXED_LEN_BYTE_ARRAY ->
                group.append(
                        column,
                        Binary.fromConstantByteArray(
                                Arrays.copyOf(new byte[] {0, (byte) row, (byte) -row, 7, 8, 9}, type.getTypeLength())));
        }
    }

    private static byte[] digits(int row) {
        return ("" + row % 4).getBytes(UTF_8);
    }

    private void assertRefusedAsBySpark(String path, RatingColumns columns) {
        Throwable refused = catchThrowable(() -> RatingsReader.read(spark(), path, columns));
        assertThat(refused).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> UserHistoryFile.open(new RatingsInput(path, columns)))
                .isInstanceOf(InputException.class)
                .hasMessage(refused.getMessage());
    }

    @Test
    void open_wrongFiles_areRefusedInTheWordsOfSpark() throws IOException {
        String missing = folder.resolve("none.csv").toString();
        Files.writeString(folder.resolve("empty.csv"), "");
        Files.writeString(folder.resolve("other.csv"), "user,movie,rating\nSECRET,a,1\n");
        Files.writeString(folder.resolve("none"), "SECRET,HIDDEN,5,978300760\n");
        Files.writeString(folder.resolve("twice.csv"), "user,item,user\n");
        Files.writeString(folder.resolve("cut.parquet"), "PAR1 and no footer");
        Files.writeString(folder.resolve("odd.parquet"), "PAR1 no footer at all in here \u0008\u0000\u0000\u0000PAR1");
        for (String name : List.of("empty.csv", "other.csv", "none", "twice.csv", "cut.parquet", "odd.parquet")) {
            assertRefusedAsBySpark(folder.resolve(name).toString(), RatingColumns.DEFAULT);
        }
        for (String path : List.of(missing, folder.toString(), folder + "/*.csv", "", "nosuch://x/y", folder + "/{a")) {
            assertRefusedAsBySpark(path, RatingColumns.DEFAULT);
        }
    }

    @Test
    void open_parquetFilesThatDoNotGoTogether_areRefusedInTheWordsOfSpark() throws IOException {
        Path in = folder.resolve("in");
        spark().sql("SELECT 'u' AS user, 'a' AS item, 1.5D AS rating").write().parquet(in.toString());
        spark().sql("SELECT 1L AS user, 'a' AS item").write().mode("append").parquet(in.toString());
        assertRefusedAsBySpark(in.toString(), RatingColumns.DEFAULT);

        Files.createDirectories(folder.resolve("times"));
        write(folder.resolve("times/1.parquet"), List.of("int64 x (TIMESTAMP(MILLIS,true))"));
        write(folder.resolve("times/2.parquet"), List.of("int64 x (TIMESTAMP(MICROS,true))"));
        RatingColumns times = new RatingColumns("user", "item", "rating", "x0");
        assertRefusedAsBySpark(folder.resolve("times").toString(), times);

        spark().sql("SELECT array('u') AS user, 'a' AS item, struct(1 AS x) AS rating")
                .write()
                .parquet(folder.resolve("nested").toString());
        assertRefusedAsBySpark(folder.resolve("nested").toString(), RatingColumns.DEFAULT);
        RatingColumns swapped = new RatingColumns("item", "rating", "user", "timestamp");
        assertRefusedAsBySpark(folder.resolve("nested").toString(), swapped);
    }

    @Test
    void read_fileDamagedBehindItsHeader_isAnInputErrorThatShowsNobodysRow() throws IOException {
        Path whole = folder.resolve("whole.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write((HEADER + "SECRET,a,5,1\n".repeat(20_000)).getBytes(UTF_8));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(bytes, bytes.length - 20));
        write(folder.resolve("r.parquet"), List.of("double x"));
        byte[] parquet = Files.readAllBytes(folder.resolve("r.parquet"));
        Arrays.fill(parquet, 4, 60, (byte) 0xFF);
        Path broken = Files.write(folder.resolve("broken.parquet"), parquet);
        for (Path file : List.of(cut, broken)) {
            UserHistoryFile opened = UserHistoryFile.open(new RatingsInput(file.toString(), RatingColumns.DEFAULT));
            assertThatThrownBy(() -> opened.read("u", RatingSourceTest.CATALOGUE))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("damaged")
                    .hasMessageNotContaining("SECRET");
        }
    }
}

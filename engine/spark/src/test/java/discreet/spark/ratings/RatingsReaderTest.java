package discreet.spark.ratings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.files.LineScanner;
import discreet.history.HistoryForm;
import discreet.history.RatingColumns;
import discreet.history.RatingsInput;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.history.UserHistoryFile;
import discreet.history.UserRows;
import discreet.spark.SparkTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class RatingsReaderTest extends SparkTest {
    private static final String HEADER = "user,item,rating,timestamp\n";

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return write(name, text.getBytes(UTF_8));
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Dataset<Row> read(Object path) {
        return RatingsReader.read(spark(), path.toString(), RatingColumns.DEFAULT);
    }

    /** Returns all rows as text, in a fixed order. */
    private static List<String> rows(Dataset<Row> ratings) {
        return ratings.collectAsList().stream()
                .map(row -> row.mkString("|"))
                .sorted()
                .toList();
    }

    private static List<String> rows(Object path) {
        return rows(read(path));
    }

    // Valid input
    // ------------------------------------------------------------------------------------------------

    @Test
    void csv_allColumns_areInTheNormalForm() throws IOException {
        Path file = write("r.csv", HEADER + "u,a,4.5,978300760\nu,b,x,\n");

        assertThat(rows(file)).containsExactly("u|a|4.5|978300760000", "u|b|null|" + Long.MIN_VALUE);
    }

    @Test
    void csv_otherOrderAndMoreColumns_areFoundByName() throws IOException {
        Path file = write("r.csv", "\uFEFFtitle, item ,\"user\"\r\n\"A, b\",a,u\r\n");

        RatingsInput input = new RatingsInput(file.toString(), RatingColumns.DEFAULT, Set.of("title"), false);
        Dataset<Row> ratings = RatingsReader.read(spark(), input);

        assertThat(ratings.columns()).containsExactly("user", "item", "timestamp");
        assertThat(rows(ratings)).containsExactly("u|a|" + Long.MIN_VALUE);
    }

    @Test
    void csv_renamedColumns_haveTheirDefaultNames() throws IOException {
        Path file = write("r.csv", "userId,movieId,stars,when\nu,a,4,1\n");

        Dataset<Row> ratings =
                RatingsReader.read(spark(), file.toString(), new RatingColumns("userId", "movieId", "stars", "when"));

        assertThat(ratings.columns()).containsExactly("user", "item", "rating", "timestamp");
        assertThat(rows(ratings)).containsExactly("u|a|4.0|1000");
    }

    @Test
    void csv_folderGlobAndGzip_areReadTogether() throws IOException {
        write("in/part-1.csv", HEADER + "u,a,1,1\n");
        write("in/part-2.csv.gz", gzip(HEADER + "v,b,2,2\n"));
        write("in/deep/part-3.csv", "\uFEFF" + HEADER + "w,c,3,3");
        write("in/part-4.csv", "");
        write("in/_SUCCESS", "");
        write("in/.part-1.csv.crc", "crc");

        assertThat(rows(folder.resolve("in"))).containsExactly("u|a|1.0|1000", "v|b|2.0|2000", "w|c|3.0|3000");
        assertThat(rows(folder.resolve("in/part-[12]*"))).containsExactly("u|a|1.0|1000", "v|b|2.0|2000");
        assertThat(rows(folder.resolve("i*"))).hasSize(3);
    }

    @Test
    void csv_headerOnly_isEmptyData() throws IOException {
        assertThat(rows(write("r.csv", HEADER))).isEmpty();
        assertThat(rows(write("s.csv", "user,item"))).isEmpty();
    }

    @Test
    void csv_repeatedHeaderAndBlankLines_areSkipped() throws IOException {
        assertThat(rows(write("r.csv", HEADER + "\n  \nu,a,1,1\r\n" + HEADER + "\r\n")))
                .containsExactly("u|a|1.0|1000");
    }

    @Test
    void csv_manySlices_returnEveryLineOnce() throws IOException {
        // About 5 MB in several slices of 1 MiB, with lines of all lengths across their bounds, some too long
        // to be rows.
        Random random = new Random(5);
        StringBuilder text = new StringBuilder(HEADER);
        List<String> expected = new ArrayList<>();
        for (int i = 0; text.length() < 5_000_000; i++) {
            boolean tooLong = random.nextInt(4_000) == 0;
            int padding = tooLong ? LineScanner.MAX_LINE_BYTES + random.nextInt(1 << 20) : random.nextInt(200);
            text.append("u")
                    .append(i)
                    .append(",a,1,1,")
                    .append("x".repeat(padding))
                    .append(i % 3 == 0 ? "\r\n" : "\n");
            if (!tooLong) {
                expected.add("u" + i + "|a|1.0|1000");
            }
        }
        Path file = write("r.csv", text.toString());

        assertThat(read(file).javaRDD().getNumPartitions()).isGreaterThan(3);
        assertThat(rows(file)).isEqualTo(expected.stream().sorted().toList());
    }

    @Test
    void parquet_typedColumns_areInTheNormalForm() {
        Path file = folder.resolve("r");
        spark().range(7, 8)
                .select(
                        col("id").as("user"),
                        lit(12).as("item"),
                        lit(4).cast("decimal(4,2)").as("rating"),
                        lit("2000-12-31 22:12:40").cast("timestamp").as("timestamp"),
                        lit(true).as("else"))
                .write()
                .parquet(file.toString());

        assertThat(rows(file)).containsExactly("7|12|4.0|978300760000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp_ntz", "date", "string", "timestamp"})
    void parquet_timeTypes_areMilliseconds(String type) {
        Path file = folder.resolve("r");
        spark().range(1)
                .select(
                        lit("u").as("user"),
                        lit("a").as("item"),
                        lit("2000-12-31").cast("timestamp").cast(type).as("timestamp"))
                .union(spark().range(1)
                        .select(lit("v"), lit("a"), lit(null).cast(type).as("timestamp")))
                .write()
                .parquet(file.toString());

        assertThat(rows(file)).containsExactly("u|a|978220800000", "v|a|" + Long.MIN_VALUE);
    }

    @Test
    void parquet_extremeValues_areTotal() {
        Path file = folder.resolve("r");
        spark().sql("select * from values"
                        + " ('u', 'a', double('NaN'), bigint(9223372036854775807)),"
                        + " ('u', '', double('Infinity'), bigint(-9223372036854775807)),"
                        + " (cast(unhex('FF41') as string), 'a', -0.0D, null) as (user, item, rating, timestamp)")
                .write()
                .parquet(file.toString());

        assertThat(rows(file))
                .containsExactlyInAnyOrder(
                        "u|a|null|" + Long.MAX_VALUE, "u|null|null|" + -Long.MAX_VALUE, "null|a|0.0|" + Long.MIN_VALUE);
    }

    @Test
    void parquet_normalForm_isUnchanged() throws IOException {
        Path csv = write("r.csv", HEADER + "u,a,1,5\n");
        read(csv).write().parquet(folder.resolve("p").toString());

        assertThat(rows(folder.resolve("p"))).containsExactly("u|a|1.0|5000");
    }

    // Hostile lines
    // -----------------------------------------------------------------------------------------------

    static Stream<byte[]> hostileLines() {
        String many = "h" + ",h".repeat(29_999);
        return Stream.of(
                many.getBytes(UTF_8),
                ("h,a,5," + "9".repeat(500_000)).getBytes(UTF_8),
                ("h," + "x".repeat(3 << 20) + ",5,1").getBytes(UTF_8),
                "\"h,a,5,1".getBytes(UTF_8),
                "h,\"a,5,1\"\"".getBytes(UTF_8),
                "h,a\u0000,5,1".getBytes(UTF_8),
                "\u0000".repeat(1000).getBytes(UTF_8),
                "h\u00ff,\u00e9a,5,\u00801".getBytes(ISO_8859_1),
                "\u00ff\u00fe\u0000".getBytes(ISO_8859_1),
                "h".getBytes(UTF_8),
                ",,,,,,,".getBytes(UTF_8),
                "\"".repeat(99_999).getBytes(UTF_8),
                "h,a,${jndi:ldap://x},%s%n".getBytes(UTF_8));
    }

    @Test
    void csv_hostileLinesAdded_changeNoOtherUser() throws IOException {
        String before = HEADER + "u,a,5,1\n\"v\",b,4,2\n";
        String after = "w,a,3,3\nu,b,2,4\n";
        List<String> clean = rows(write("clean.csv", before + after));
        for (byte[] hostile : hostileLines().toList()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(before.getBytes(UTF_8));
            bytes.write(hostile);
            bytes.write('\n');
            bytes.write(after.getBytes(UTF_8));

            List<String> rows = rows(write("hostile.csv", bytes.toByteArray()));

            assertThat(rows.stream()
                            .filter(row -> !row.startsWith("h")
                                    && !row.startsWith("null|")
                                    && row.charAt(0) != '\u0000'
                                    && row.charAt(0) != '\uFFFD'))
                    .isEqualTo(clean);
        }
    }

    // Errors in files and schema
    // ---------------------------------------------------------------------------------

    private static void assertInputError(Object path, RatingColumns columns, String... parts) {
        assertThatThrownBy(() -> RatingsReader.read(spark(), path.toString(), columns))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot read ratings from ")
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    @Test
    void read_missingFile_isAnInputError() {
        assertInputError(folder.resolve("none.csv"), RatingColumns.DEFAULT, "there is no such file");
        assertInputError(folder.resolve("*.csv"), RatingColumns.DEFAULT, "there is no such file");
        assertInputError(folder, RatingColumns.DEFAULT, "no data file");
        assertInputError("nosuch://x/y", RatingColumns.DEFAULT, "file system refused");
        assertInputError("", RatingColumns.DEFAULT, "file system refused");
    }

    @Test
    void read_zeroBytes_isAnInputError() throws IOException {
        assertInputError(write("r.csv", ""), RatingColumns.DEFAULT, "it is empty, without even a header");
        assertInputError(write("r.csv.gz", gzip("")), RatingColumns.DEFAULT, "it is empty, without even a header");
    }

    @Test
    void read_missingColumn_isAnInputErrorThatShowsTheHeader() throws IOException {
        Path file = write("r.csv", "user,movie,rating\nSECRET,a,1\n");

        assertInputError(file, RatingColumns.DEFAULT, "no column 'item' (`itemCol`)", "user, movie, rating");
        assertInputError(
                file, new RatingColumns("user", "movie", "stars", "timestamp"), "no column 'stars' (`ratingCol`)");
        assertInputError(file, new RatingColumns("user", "movie", "rating", "at"), "no column 'at' (`timestampCol`)");
    }

    @Test
    void read_missingHeader_isAnInputErrorThatShowsNoRow() throws IOException {
        Path file = write("r.csv", "SECRET,HIDDEN,5,978300760\nu,a,4,1\n");

        Throwable error = catchThrowable(() -> read(file));

        assertThat(error)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its first line does not name the column 'user'");
        assertThat(error.getMessage()).doesNotContain("SECRET", "HIDDEN", "978300760");
    }

    @Test
    void read_differentHeaders_isAnInputErrorThatShowsNoRow() throws IOException {
        write("in/1.csv", HEADER + "u,a,1,1\n");
        write("in/2.csv", "SECRET,a,1,1\n");

        Throwable error = catchThrowable(() -> read(folder.resolve("in")));

        assertThat(error).isInstanceOf(InputException.class).hasMessageContaining("one and the same header");
        assertThat(error.getMessage()).doesNotContain("SECRET");
    }

    @Test
    void read_columnTwice_isAnInputError() throws IOException {
        assertInputError(write("r.csv", "user,item,user\n"), RatingColumns.DEFAULT, "more than one column 'user'");
    }

    @Test
    void read_damagedParquet_isAnInputError() throws IOException {
        write("cut.parquet", "PAR1 and no footer");
        write("magic", "PAR1 and no footer");
        write("text.parquet", HEADER + "SECRET,a,1,1");
        for (String name : List.of("cut.parquet", "magic", "text.parquet")) {
            assertInputError(folder.resolve(name), RatingColumns.DEFAULT, "the file is not whole Parquet");
        }
    }

    @Test
    void parquetFolder_oneDamagedOrDifferentFile_isAnInputErrorBeforeAnyRow() throws IOException {
        Path in = folder.resolve("in");
        read(write("r.csv", HEADER + "u,a,1,1\n")).write().parquet(in.toString());
        Path damaged = write("in/zz.parquet", "PAR1");
        assertInputError(in, RatingColumns.DEFAULT, "the file is not whole Parquet");

        write("in/zz.parquet", "PAR1 no footer at all in here \u0008\u0000\u0000\u0000PAR1");
        assertInputError(in, RatingColumns.DEFAULT, "a file is damaged");

        Files.delete(damaged);
        spark().range(1)
                .select(col("id").as("user"), lit("a").as("item"))
                .write()
                .mode("append")
                .parquet(in.toString());
        assertInputError(in, RatingColumns.DEFAULT, "some of its files have no column 'rating'");
    }

    @Test
    void read_mixedFormats_isAnInputError() throws IOException {
        read(write("in/r.csv", HEADER)).write().parquet(folder.resolve("in/p").toString());

        assertInputError(folder.resolve("in"), RatingColumns.DEFAULT, "some files are Parquet and some are not");
    }

    @Test
    void read_unsupportedTypes_areInputErrors() {
        Path file = folder.resolve("r");
        spark().range(1)
                .select(
                        lit(1.5).as("user"),
                        lit("a").as("item"),
                        lit(true).as("rating"),
                        lit(new byte[1]).as("timestamp"),
                        lit("b").as("name"))
                .write()
                .parquet(file.toString());

        assertInputError(file, RatingColumns.DEFAULT, "column 'user' holds double, not text or whole numbers");
        assertInputError(
                file, new RatingColumns("name", "item", "rating", "timestamp"), "column 'rating' holds boolean");
        assertInputError(file, new RatingColumns("name", "item", "x", "timestamp"), "no column 'x'");
        assertInputError(
                file, new RatingColumns("name", "item", "user", "timestamp"), "column 'timestamp' holds binary");
    }

    @Test
    void read_truncatedGzip_isAnInputErrorWithinTheFailure() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        new Random(1).ints(200_000).forEach(i -> text.append("SECRET").append(i).append(",a,1,1\n"));
        byte[] whole = gzip(text.toString());
        Dataset<Row> ratings = read(write("r.csv.gz", Arrays.copyOf(whole, whole.length / 2)));

        Throwable error = catchThrowable(ratings::count);

        assertThat(Stream.iterate(error, e -> e != null, Throwable::getCause).toList())
                .anySatisfy(cause -> assertThat(cause)
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("damaged")
                        .hasMessageNotContaining("SECRET"));
    }

    @Test
    void columnsAndRules_invalid_areInputErrors() {
        assertThatThrownBy(() -> new RatingColumns("user", "user", "rating", "timestamp"))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new RatingColumns("user", " ", "rating", "timestamp"))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new RowRules(Double.NaN, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Provided value: NaN");
        assertThatThrownBy(() -> new RowRules(1, 0)).isInstanceOf(InputException.class);
    }

    @Test
    void read_ansiOff_isTheSame() throws IOException {
        Path file = folder.resolve("r");
        spark().range(1)
                .select(lit("u").as("user"), lit("a").as("item"), lit("x").as("rating"), lit("y").as("timestamp"))
                .withColumn("item", col("item").cast(DataTypes.StringType))
                .write()
                .parquet(file.toString());
        var session = spark().newSession();
        session.conf().set("spark.sql.ansi.enabled", false);

        assertThat(rows(RatingsReader.read(session, file.toString(), RatingColumns.DEFAULT)))
                .isEqualTo(rows(file))
                .containsExactly("u|a|null|" + Long.MIN_VALUE);
    }

    // A rating that stands for none
    // ------------------------------------------------------------------------------

    /** From CSV, from every type of a Parquet column, and from files in the normal form. */
    @Test
    void read_ratingThatStandsForNone_isMissing() throws IOException {
        RatingColumns columns = new RatingColumns("user", "item", "rating", "timestamp", -1.0);
        Path csv = write("r.csv", HEADER + "u,a,-1,1\nu,b,-1.0,1\nu,c,4,1\n");
        List<Path> paths = new ArrayList<>(List.of(csv));
        RatingsReader.read(spark(), csv.toString(), RatingColumns.DEFAULT)
                .write()
                .parquet(folder.resolve("normal").toString());
        paths.add(folder.resolve("normal"));
        for (String type : List.of("tinyint", "int", "bigint", "float", "double", "decimal(4,1)", "string")) {
            Path typed = folder.resolve(type.replaceAll("\\W", ""));
            spark().sql("select user, item, cast(rating as " + type + ") as rating, timestamp from values"
                            + " ('u', 'a', -1, 1), ('u', 'b', -1, 1), ('u', 'c', 4, 1)"
                            + " as (user, item, rating, timestamp)")
                    .write()
                    .parquet(typed.toString());
            paths.add(typed);
        }
        Catalogue catalogue = Catalogue.of(List.of(Item.of("a"), Item.of("b"), Item.of("c")));
        for (Path path : paths) {
            RatingsInput input = new RatingsInput(path.toString(), columns);
            assertThat(rows(RatingsReader.read(spark(), input)))
                    .as(path.toString())
                    .containsExactly("u|a|null|1000", "u|b|null|1000", "u|c|4.0|1000");
            assertThat(Histories.of(
                                    RatingsReader.open(spark(), input),
                                    columns,
                                    catalogue,
                                    new RowRules(Double.NEGATIVE_INFINITY, 10))
                            .rows()
                            .collect())
                    .as(path.toString())
                    .containsExactly(new int[] {2});
            UserRows alone = UserHistoryFile.open(input).read("u", catalogue).rows();
            UserHistory<int[]> own = UserHistory.of(alone, HistoryForm.ofItems(), Double.NEGATIVE_INFINITY);
            assertThat(own.counted()).as(path.toString()).containsExactly(2);
            assertThat(own.seen()).as(path.toString()).containsExactly(0, 1, 2);
        }
    }
}

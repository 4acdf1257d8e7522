package discreet.spark.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.history.RatingColumns;
import discreet.history.RatingsInput;
import discreet.history.RatingsSchema;
import discreet.history.RowRules;
import discreet.spark.SparkTest;
import discreet.spark.check.LookAlikes.Difference;
import discreet.spark.ratings.RatingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputCheckTest extends SparkTest {
    private static final RowRules ALL = new RowRules(Double.NEGATIVE_INFINITY, 500);

    @TempDir
    private Path folder;

    private static InputCounts check(Path path, @Nullable Catalogue catalogue, RowRules rules) {
        RatingsSchema schema = RatingsSchema.of(new RatingsInput(path.toString(), RatingColumns.DEFAULT));
        return InputCheck.of(spark(), schema, catalogue, rules);
    }

    private static Catalogue catalogue(String... ids) {
        return Catalogue.of(List.of(ids).stream().map(Item::of).toList());
    }

    @Test
    void of_oddCsv_countsEachOddity() throws IOException {
        Path file = Files.write(folder.resolve("r.csv"), """
                user,item,rating,timestamp
                u,a,5,2019-10-01 00:00:00 UTC
                u,b,"4,5",yesterday
                ,a,1,1
                v,,1,1
                v,a"x,n/a,1
                v,caf\u00e9,3,1
                w,a
                x,"a,5,1

                user,item,rating,timestamp
                """.getBytes(ISO_8859_1));

        InputCounts counts = check(file, catalogue("a", "b", "z"), ALL);

        assertThat(counts.rows()).isEqualTo(new InputCounts.Rows(7, 1, 2, 1, 0, 2, 0, 1));
        assertThat(counts.people()).isEqualTo(new InputCounts.People(3, 1, 1, 0));
        assertThat(counts.items().inBoth()).isEqualTo(2);
        assertThat(counts.items().unlistedExamples()).isEqualTo(Map.of("a\"x", 1L));
        assertThat(counts.items().unratedExamples()).containsExactly("z");
        assertThat(counts.csv())
                .isEqualTo(new InputCounts.Csv(
                        1,
                        1,
                        1,
                        new InputCounts.Odd(2, Set.of("4,5", "n/a")),
                        new InputCounts.Odd(1, Set.of("yesterday")),
                        new InputCounts.Odd(1, Set.of("a\"x"))));
        assertThat(counts.times().last()).isEqualTo(1_569_888_000_000L);
        assertThat(counts.times().missing()).isEqualTo(2);
    }

    @Test
    void of_otherSpellings_areNamedByTheirDifference() throws IOException {
        Path file = Files.writeString(
                folder.resolve("r.csv"), "user,item\nu,7\nu,I8\nu,9.0\nu,cafe\u0301\nu,E10.0\nu,\" 11\"\nu,other\n");

        InputCounts counts = check(file, catalogue("007", "i8", "9", "caf\u00e9", "11"), ALL);

        assertThat(counts.items().lookAlikes())
                .extracting(LookAlikes::difference, LookAlikes::examples)
                .containsExactly(
                        tuple(Difference.LETTER_CASE, Map.of("I8", "i8")),
                        tuple(Difference.ZEROS, Map.of("7", "007")),
                        tuple(Difference.FRACTION, Map.of("9.0", "9")),
                        tuple(Difference.UNICODE, Map.of("cafe\u0301", "caf\u00e9")));
        assertThat(counts.items().inBoth()).isEqualTo(1);
        assertThat(counts.items().unlisted()).isEqualTo(6);
    }

    @Test
    void of_noCatalogue_countsEveryItem() throws IOException {
        Path file = Files.writeString(folder.resolve("r.csv"), "user,item\nu,a\nu,b\nv,a\nv,\n");

        InputCounts counts = check(file, null, ALL);

        assertThat(counts.rows()).isEqualTo(new InputCounts.Rows(4, 0, 1, 0, 0, 0, 0, 3));
        assertThat(counts.items().inCatalogue()).isEqualTo(2);
    }

    /**
     * The counts are those of a naive twin, from CSV and from Parquet, whose batches are read in another way.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void of_randomRows_equalsTheNaiveTwin(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("user,item,rating,timestamp"));
        Map<String, Map<String, double[]>> users = new HashMap<>();
        long noUser = 0;
        long noItem = 0;
        long unlisted = 0;
        long repeated = 0;
        Set<String> named = new HashSet<>();
        for (int time = 0; time < 5_000; time++) {
            String user = random.nextInt(20) == 0 ? "" : "u" + random.nextInt(300);
            String item = random.nextInt(20) == 0 ? "" : "i" + random.nextInt(45);
            String rating = random.nextInt(20) == 0 ? "" : "" + random.nextInt(6);
            lines.add(user + "," + item + "," + rating + "," + (1_000_000 + time));
            if (user.isEmpty()) {
                noUser++;
                continue;
            }
            named.add(user);
            if (item.isEmpty()) {
                noItem++;
            } else if (Integer.parseInt(item.substring(1)) >= 40) {
                unlisted++;
            } else {
                double[] now = {rating.isEmpty() ? Double.NaN : Double.parseDouble(rating)};
                Map<String, double[]> own = users.computeIfAbsent(user, any -> new HashMap<>());
                double[] before = own.get(item);
                repeated += before == null ? 0 : 1;
                own.put(item, before != null && Double.isNaN(now[0]) ? before : now);
            }
        }
        Collections.shuffle(lines.subList(1, lines.size()), random);
        int cap = 8;
        long low = 0;
        long beyond = 0;
        long counting = 0;
        long people = 0;
        for (Map<String, double[]> own : users.values()) {
            long high = own.values().stream().filter(rating -> rating[0] >= 2).count();
            low += own.size() - high;
            beyond += Math.max(0, high - cap);
            counting += Math.min(high, cap);
            people += high > 0 ? 1 : 0;
        }
        Path csv = Files.write(folder.resolve("r.csv"), lines);
        Path parquet = folder.resolve("parquet");
        RatingsReader.read(spark(), csv.toString(), RatingColumns.DEFAULT)
                .write()
                .parquet(parquet.toString());
        Catalogue catalogue =
                catalogue(IntStream.range(0, 40).mapToObj(i -> "i" + i).toArray(String[]::new));
        for (Path path : List.of(csv, parquet)) {
            InputCounts counts = check(path, catalogue, new RowRules(2, cap));

            assertThat(counts.rows())
                    .isEqualTo(new InputCounts.Rows(5_000, noUser, noItem, unlisted, repeated, low, beyond, counting));
            assertThat(counts.people().named()).isEqualTo(named.size());
            assertThat(counts.people().counting()).isEqualTo(people);
            assertThat(counts.ratings().values().keySet()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
            assertThat(counts.times().first()).isEqualTo(1_000_000_000L);
        }
    }
}

package discreet.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.ReferenceCase;
import discreet.spark.SparkTest;
import discreet.spark.ratings.Histories;
import discreet.statistics.GramSum;
import discreet.statistics.Head;
import discreet.statistics.ItemSum;
import discreet.statistics.PackedTriangle;
import discreet.statistics.RowScale;
import discreet.statistics.UserAggregator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is summed before any noise, from ratings through histories and tiles, as a training does it. */
class ExactSumsTest extends SparkTest {
    private static final int ITEMS = 600;
    private static final RowScale SCALE = new RowScale(19);
    private static final Head HEAD = Head.choose(
            IntStream.range(0, ITEMS).mapToDouble(item -> 900.0 / (3 + item)).toArray(), 2000, .05, 590);
    private static final GramSum<int[]> GRAM = GramSum.ranking(HEAD, SCALE);
    private static final int[][] PEOPLE = UserData.random(150, ITEMS, new Random(12));

    /** Item statistic and number of people, then the triangle. */
    private record Sums(long[] items, long[] gram) {
        static Sums of(Histories histories) {
            return new Sums(
                    TiledSum.over(histories.rows(), new ItemSum(ITEMS)),
                    GRAM.finish(TiledSum.over(histories.rows(), GRAM)));
        }

        static Sums of(Dataset<Row> ratings) {
            return of(UserData.histories(ratings, ITEMS));
        }

        static Sums naive(int[][] people) {
            UserAggregator.Partial<int[]> items = new ItemSum(ITEMS).start();
            GramSum<int[]>.Partial gram = GRAM.start();
            for (int[] person : people) {
                items.add(person);
                gram.add(person);
            }
            return new Sums(items.sums(), GRAM.finish(gram.sums()));
        }

        void assertEquals(Sums other) {
            assertThat(items).isEqualTo(other.items);
            assertThat(gram).isEqualTo(other.gram);
        }
    }

    private static SparkSession sessionWith(int partitions) {
        SparkSession session = spark().newSession();
        session.conf().set("spark.sql.shuffle.partitions", partitions);
        session.conf().set("spark.sql.adaptive.coalescePartitions.enabled", false);
        return session;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void sums_anyPartitioningAndOrder_equalTheLoop(int partitions) {
        SparkSession session = sessionWith(partitions);
        List<Row> rows = UserData.rows(PEOPLE);
        Collections.shuffle(rows, new Random(partitions));
        Histories histories = UserData.histories(UserData.ratings(session, rows).repartition(8 - partitions), ITEMS);
        assertThat(histories.rows().getNumPartitions()).isEqualTo(partitions);

        Sums.of(histories).assertEquals(Sums.naive(PEOPLE));
    }

    @Test
    void sums_aMillionDuplicateRowsOfOnePerson_areThoseOfTheRowsOnce() {
        List<Row> others = UserData.rows(PEOPLE);
        int[] own = {0, 5, 44, 210, 599};
        List<Row> once = new ArrayList<>(others);
        for (int item : own) {
            once.add(UserData.row("hoarder", item));
        }
        Dataset<Row> million = spark().range(200_000)
                .crossJoin(UserData.ratings(
                        spark(),
                        Arrays.stream(own)
                                .mapToObj(item -> UserData.row("hoarder", item))
                                .toList()))
                .drop("id");
        Dataset<Row> ratings = UserData.ratings(spark(), others).union(million);
        assertThat(ratings.count()).isEqualTo(others.size() + 1_000_000L);

        Sums.of(ratings).assertEquals(Sums.of(UserData.ratings(spark(), once)));
    }

    @Test
    void sums_manyRowsOfOnePersonAndItem_areThoseOfTheLatest() {
        List<Row> once = new ArrayList<>(UserData.rows(PEOPLE));
        once.add(RowFactory.create("hoarder", UserData.id(9), "3.0", "1500000000"));
        Dataset<Row> earlier = spark().range(100_000)
                .select(
                        functions.lit("hoarder").as("user"),
                        functions.lit(UserData.id(9)).as("item"),
                        functions.col("id").cast("string").as("rating"),
                        functions.expr("cast(1000000000 + id as string)").as("timestamp"));

        Sums.of(UserData.ratings(spark(), once).union(earlier)).assertEquals(Sums.of(UserData.ratings(spark(), once)));
    }

    @Test
    void sums_malformedRows_areThoseWithoutThem() {
        List<Row> rows = UserData.rows(PEOPLE);
        List<Row> dirty = new ArrayList<>(rows);
        for (int person = 0; person < PEOPLE.length; person += 3) {
            String user = "user-" + person;
            int other = 300 + person;
            dirty.add(RowFactory.create(user, null, "5", "1"));
            dirty.add(RowFactory.create(user, UserData.id(other), null, "1"));
            dirty.add(RowFactory.create(user, UserData.id(other), "NaN", "9999999999"));
            dirty.add(RowFactory.create(user, UserData.id(other), "Infinity", "9999999999"));
            dirty.add(RowFactory.create(user, UserData.id(other), "-Infinity", "9999999999"));
            dirty.add(RowFactory.create(user, UserData.id(other), "five", "9999999999"));
            dirty.add(RowFactory.create(user, UserData.id(other), "", "9999999999"));
            dirty.add(RowFactory.create(user, "not-in-the-catalogue", "1e308", "9999999999"));
            dirty.add(RowFactory.create(user, "", "5", "9999999999"));
            // Same item, absurd but finite, without a usable time: older than the row that counts
            dirty.add(RowFactory.create(user, UserData.id(PEOPLE[person][0]), "-1e300", "yesterday"));
        }
        dirty.add(RowFactory.create(null, UserData.id(1), "5", "1"));
        dirty.add(RowFactory.create("nobody", "not-in-the-catalogue", "5", "1"));
        dirty.add(RowFactory.create("nobody", UserData.id(3), "NaN", "1"));
        dirty.add(RowFactory.create(null, null, null, null));

        Sums.of(UserData.ratings(spark(), dirty)).assertEquals(Sums.of(UserData.ratings(spark(), rows)));
    }

    static Stream<Arguments> adversaries() {
        return Stream.of(
                        Named.of("everything, more than the cap", IntStream.range(0, ITEMS)),
                        Named.of("as many as the cap", IntStream.range(0, 500)),
                        Named.of("the most popular", IntStream.of(0)),
                        Named.of("one outside of the head", IntStream.of(ITEMS - 1)),
                        Named.of("two outside of the head", IntStream.of(ITEMS - 2, ITEMS - 1)),
                        Named.of("what is popular and nothing else", IntStream.range(0, 60)),
                        Named.of("every other", IntStream.range(0, ITEMS / 2).map(item -> 2 * item)))
                .map(person -> Arguments.of(
                        Named.of(person.getName(), person.getPayload().toArray())));
    }

    @ParameterizedTest
    @MethodSource("adversaries")
    void sums_oneMorePerson_moveByNoMoreThanIsCharged(int[] adversary) {
        List<Row> rows = UserData.rows(PEOPLE);
        Sums without = Sums.naive(PEOPLE);
        for (int item : adversary) {
            rows.add(UserData.row("adversary", item));
        }
        Sums with = Sums.of(UserData.ratings(spark(), rows));

        assertThat(with.items[ITEMS] - without.items[ITEMS]).isEqualTo(1);
        assertThat(distance2(with.items, without.items, ITEMS))
                .isPositive()
                .isLessThanOrEqualTo(BigInteger.ONE.shiftLeft(2 * ItemSum.BITS));
        assertThat(distance2(with.gram, without.gram, with.gram.length))
                .isLessThanOrEqualTo(BigInteger.valueOf(SCALE.sensitivity()).pow(2));
    }

    private static BigInteger distance2(long[] a, long[] b, int length) {
        return IntStream.range(0, length)
                .mapToObj(at -> BigInteger.valueOf(a[at] - b[at]).pow(2))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    @Test
    void sums_referenceCase_areTheReference() {
        ReferenceCase reference = new ReferenceCase();
        int[][] people = reference.users();
        int items = 30;
        Histories histories = UserData.histories(UserData.ratings(spark(), UserData.rows(people)), items);

        double[] c = new double[items];
        for (int[] person : people) {
            for (int item : person) {
                c[item] += 1 / Math.sqrt(person.length);
            }
        }
        long[] statistic = TiledSum.over(histories.rows(), new ItemSum(items));
        assertThat(statistic[items])
                .isEqualTo(Arrays.stream(people)
                        .filter(person -> person.length > 0)
                        .count());
        for (int item = 0; item < items; item++) {
            assertThat(Math.scalb((double) statistic[item], -ItemSum.BITS))
                    .isCloseTo(c[item], within(Math.scalb(2.0 * people.length, -ItemSum.BITS)));
        }

        Head head = Head.choose(reference.vector("c"), reference.number("n"), reference.number("sigma"), 4096);
        GramSum<int[]> gram = GramSum.ranking(head, SCALE);
        long[] partial = TiledSum.over(histories.rows(), gram);
        long[] triangle = gram.finish(partial);
        int at = 0;
        for (int i = 0; i < items; i++) {
            for (int j = i + 1; j < items; j++) {
                assertThat(triangle[at++]).isEqualTo(reference.longAt("gram_exact", i, j));
            }
        }
        double[] t = reference.vector("t");
        int behind = PackedTriangle.length(items);
        for (int position = 0; position < items; position++) {
            long v = 0;
            for (int person = 0; person < people.length; person++) {
                v += (long) t[person] * reference.a(person, position);
            }
            assertThat(partial[behind + position]).isEqualTo(v);
        }
        assertThat((double) partial[behind + items])
                .isEqualTo(Arrays.stream(t).map(each -> each * each).sum());
    }
}

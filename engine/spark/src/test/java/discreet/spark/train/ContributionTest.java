package discreet.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.catalogue.ItemTags;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import discreet.plan.Plans;
import discreet.plan.RankingPlan;
import discreet.plan.RatingPlan;
import discreet.plan.VectorPlan;
import discreet.spark.SparkTest;
import discreet.spark.ratings.Histories;
import discreet.statistics.BiasSum;
import discreet.statistics.GramContext;
import discreet.statistics.GramSum;
import discreet.statistics.Head;
import discreet.statistics.ItemSum;
import discreet.statistics.MeanSum;
import discreet.statistics.UserAggregator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the whole of privacy rests on: one person moves no release of either objective by more than is charged
 * for, whatever that person's rows are and whatever was released before. From rows as they come in, through
 * histories, to integers.
 */
class ContributionTest extends SparkTest {
    private static final int ITEMS = 700;
    private static final int MAX_HEAD = 50;
    private static final RatingRange RANGE = new RatingRange(1, 5);
    private static final RankingPlan RANKING = Plans.ranking(2);
    private static final RatingPlan RATING = Plans.rating(2, 1000);

    /** Rows of one person as they come in: item and rating, in any order, items more than once. */
    private record Person(int[] items, double[] ratings) {
        static Person of(int[] items, IntToDoubleFunction rating) {
            return new Person(
                    items, IntStream.range(0, items.length).mapToDouble(rating).toArray());
        }
    }

    /**
     * One person's integers of one vector, and how far the ledger takes them to be able to go.
     *
     * @param contribution exact, what is added for a person alone
     */
    private record Release(String name, double sensitivity, Function<RatedHistory, long[]> contribution) {
        void requireWithinCharge(RatedHistory person) {
            BigInteger norm2 = BigInteger.ZERO;
            for (long value : contribution.apply(person)) {
                if (value != 0) {
                    norm2 = norm2.add(BigInteger.valueOf(value).pow(2));
                }
            }
            assertThat(norm2)
                    .as("%s of a person with %d items", name, person.size())
                    .isLessThanOrEqualTo(BigInteger.valueOf((long) sensitivity).pow(2));
        }
    }

    /** What was released before, sensible or not. */
    private record World(double[] statistic, double[] expected, double[] variances, double people) {

        List<Release> releases() {
            GramContext ranking =
                    GramContext.choose(Head.Rule.RANKING, statistic, people, 5, RANKING.headSigma(), MAX_HEAD);
            GramContext leaning = ranking.withContent(statistic, 2, tags(), 1);
            GramContext rating =
                    GramContext.choose(Head.Rule.RATING, statistic, people, 5, RATING.headSigma(), MAX_HEAD);
            return List.of(
                    new Release("people", RANKING.people().sensitivity(), person ->
                            new long[] {itemSums(person)[ITEMS] << RankingPlan.PEOPLE_BITS}),
                    new Release(
                            "item statistic",
                            RANKING.items().sensitivity(),
                            person -> Arrays.copyOf(itemSums(person), ITEMS)),
                    gram("ranking Gram", RANKING.gram(ranking.scale()), gramOf(ranking)),
                    gram("ranking Gram with content", RANKING.gram(leaning.scale()), gramOf(leaning)),
                    new Release(
                            "people and mean", RATING.people().sensitivity(), person -> sums(new MeanSum(), person)),
                    biases(RATING.firstRound(), RatingPlan.FIRST_ALPHA),
                    biases(RATING.secondRound(), RatingPlan.SECOND_ALPHA),
                    new Release("rating Gram", RATING.gram(rating.scale()).sensitivity(), person -> {
                        GramSum<RatedHistory> gram = GramSum.rating(rating.head(), rating.scale(), expected, variances);
                        return gram.finish(sums(gram, person));
                    }));
        }

        private static GramSum<int[]> gramOf(GramContext context) {
            return GramSum.ranking(context.head(), context.scale(), context.content());
        }

        private static Release gram(String name, VectorPlan vector, GramSum<int[]> gram) {
            return new Release(name, vector.sensitivity(), person -> gram.finish(sums(gram, person.items())));
        }

        private Release biases(VectorPlan vector, double alpha) {
            return new Release(
                    vector.name(), vector.sensitivity(), person -> sums(new BiasSum(alpha, expected), person));
        }

        private static long[] itemSums(RatedHistory person) {
            return sums(new ItemSum(ITEMS), person.items());
        }
    }

    private static <P> long[] sums(UserAggregator<P> aggregator, P person) {
        UserAggregator.Partial<P> partial = aggregator.start();
        partial.add(person);
        return partial.sums();
    }

    private static ItemTags tags() {
        List<String> genres = List.of("Comedy", "Drama", "Horror");
        return ItemTags.of(Catalogue.of(IntStream.range(0, ITEMS)
                .mapToObj(item -> new Item(UserData.id(item), null, List.of(genres.get(item % 3)), Map.of()))
                .toList()));
    }

    private static List<World> worlds() {
        Random random = new Random(61);
        List<World> worlds = new ArrayList<>();
        double[] skewed = IntStream.range(0, ITEMS)
                .mapToDouble(item -> 900.0 / (3 + item) + random.nextGaussian())
                .toArray();
        double[] noise = random.doubles(ITEMS, -20, 20).toArray();
        double[] one = new double[ITEMS];
        one[4] = 1e9;
        double[] biases = random.doubles(ITEMS, -.7, .7).toArray();
        double[] variances = random.doubles(ITEMS, 1e-5, .2).toArray();
        worlds.add(new World(skewed, biases, variances, 3000));
        worlds.add(new World(noise, random.doubles(ITEMS, -9, 9).toArray(), new double[ITEMS], 10));
        worlds.add(new World(one, filled(0), filled(1e12), -40));
        worlds.add(new World(new double[ITEMS], filled(1), filled(1e-300), 1e15));
        worlds.add(new World(filled(-3), filled(-1e300), variances, 500));
        worlds.add(new World(filled(7), filled(Double.NaN), filled(Double.NaN), 500));
        // Half of what is expected is absurd: a person's residuals differ by 300 orders of magnitude
        double[] absurd = biases.clone();
        for (int item = 0; item < ITEMS; item += 2) {
            absurd[item] = item % 4 == 0 ? 1e150 : Double.NEGATIVE_INFINITY;
        }
        worlds.add(new World(skewed, absurd, variances, 3000));
        return worlds;
    }

    private static double[] filled(double value) {
        double[] values = new double[ITEMS];
        Arrays.fill(values, value);
        return values;
    }

    private static List<Person> people() {
        Random random = new Random(62);
        List<Person> people = new ArrayList<>();
        for (int size : new int[] {1, 2, 50, 500, ITEMS}) {
            int[] popular = IntStream.range(0, size).toArray();
            int[] last = IntStream.range(ITEMS - size, ITEMS).toArray();
            for (int[] items : List.of(popular, last)) {
                people.add(Person.of(items, at -> 5));
                people.add(Person.of(items, at -> 1));
                people.add(Person.of(items, at -> at % 2 == 0 ? 1 : 5));
                people.add(Person.of(items, at -> at == 0 ? 5 : 1));
                people.add(Person.of(items, at -> 3));
                people.add(Person.of(items, at -> at % 2 == 0 ? 1e300 : 9));
                people.add(Person.of(items, at -> -1e300));
                people.add(Person.of(items, at -> 9));
                people.add(Person.of(items, at -> at % 3 == 0 ? Double.NaN : Double.POSITIVE_INFINITY));
            }
        }
        people.add(Person.of(new int[300], at -> 1 + at % 5)); // one item, again and again
        people.add(Person.of(IntStream.range(0, 2000).map(at -> at % 40).toArray(), at -> at % 2 == 0 ? 1 : 5));
        people.add(Person.of(new int[0], at -> 0));
        for (int each = 0; each < 40; each++) {
            int size = 1 + random.nextInt(each < 30 ? 60 : 600);
            int[] items = random.ints(size, 0, ITEMS).toArray(); // some of them twice
            people.add(Person.of(items, at -> 1 + random.nextInt(9) / 2.0));
        }
        return people;
    }

    /** As a training gets them. */
    private static List<RatedHistory> histories(List<Person> people) {
        List<Row> rows = new ArrayList<>();
        for (int user = 0; user < people.size(); user++) {
            Person person = people.get(user);
            for (int at = 0; at < person.items().length; at++) {
                rows.add(RowFactory.create(
                        "user-" + user,
                        UserData.id(person.items()[at]),
                        Double.toString(person.ratings()[at]),
                        Integer.toString(1_000_000_000 + at % 7)));
            }
        }
        Histories histories = UserData.histories(UserData.ratings(spark(), rows), ITEMS);
        return histories.rated(RANGE).collect();
    }

    private static void requireWithinCharge(List<Release> releases, List<RatedHistory> people) {
        for (Release release : releases) {
            people.forEach(release::requireWithinCharge);
        }
    }

    @Test
    void contribution_anyPersonAndAnythingReleased_isWithinWhatIsCharged() {
        List<RatedHistory> people = new ArrayList<>(histories(people()));
        assertThat(people).hasSizeGreaterThan(100);
        assertThat(people).anyMatch(person -> person.size() == 1).anyMatch(person -> person.size() == 500);
        people.add(RatedHistory.EMPTY);
        for (World world : worlds()) {
            requireWithinCharge(world.releases(), people);
        }
    }

    /** The bound is used: what is charged is not much more than somebody moves each vector by. */
    @Test
    void contribution_largest_isCloseToWhatIsCharged() {
        List<RatedHistory> people = histories(people());
        for (Release release : worlds().get(0).releases()) {
            double largest = people.stream()
                    .mapToDouble(person ->
                            Math.sqrt(Arrays.stream(release.contribution().apply(person))
                                    .mapToDouble(value -> (double) value * value)
                                    .sum()))
                    .max()
                    .orElseThrow();
            assertThat(largest / release.sensitivity()).as(release.name()).isBetween(.9, 1.0);
        }
    }

    /** What others have got wrong, each through the same test. */
    private enum Mutant {
        /** Ratings outside of the declared range count as they are. */
        WITHOUT_THE_CLIP {
            @Override
            List<Release> releases() {
                return List.of(new Release("mean", RATING.people().sensitivity(), person -> new long[] {
                    1L << MeanSum.BITS,
                    Math.round(
                            Math.scalb(Arrays.stream(person.values()).average().orElse(0), MeanSum.BITS))
                }));
            }

            @Override
            List<RatedHistory> histories() {
                return people().stream()
                        .filter(person -> Arrays.stream(person.ratings()).allMatch(rating -> Math.abs(rating) < 100))
                        .map(person -> distinct(person, rating -> (rating - 1) / 2 - 1))
                        .toList();
            }
        },

        /** The size of a rating is left out of the norm: (1, r) / sqrt k. */
        RATING_LEFT_OUT_OF_THE_NORM {
            @Override
            List<Release> releases() {
                return List.of(new Release("biases", RATING.firstRound().sensitivity(), person -> {
                    long[] sums = new long[2 * ITEMS];
                    double each = (1 << BiasSum.BITS) / Math.sqrt(person.size());
                    for (int at = 0; at < person.size(); at++) {
                        sums[person.items()[at]] += (long) each;
                        sums[ITEMS + person.items()[at]] += (long) (each * person.values()[at]);
                    }
                    return sums;
                }));
            }

            @Override
            List<RatedHistory> histories() {
                return people().stream()
                        .map(person -> distinct(person, RANGE::unit))
                        .toList();
            }
        },

        /** A user who rates an item twice counts twice in it. */
        DUPLICATES_KEPT_IN_THE_STATISTIC {
            @Override
            List<Release> releases() {
                return worlds().get(0).releases().stream()
                        .filter(release -> release.name().equals("item statistic"))
                        .toList();
            }
        },
        DUPLICATES_KEPT_IN_BIASES {
            @Override
            List<Release> releases() {
                return worlds().get(0).releases().stream()
                        .filter(release -> release.name().startsWith("biases"))
                        .toList();
            }
        };

        abstract List<Release> releases();

        List<RatedHistory> histories() {
            return people().stream()
                    .map(person -> new RatedHistory(
                            person.items(),
                            Arrays.stream(person.ratings()).map(RANGE::unit).toArray()))
                    .toList();
        }

        private static RatedHistory distinct(Person person, DoubleUnaryOperator unit) {
            Map<Integer, Double> last = new TreeMap<>();
            for (int at = 0; at < person.items().length; at++) {
                last.put(person.items()[at], unit.applyAsDouble(person.ratings()[at]));
            }
            return new RatedHistory(
                    last.keySet().stream().mapToInt(Integer::intValue).toArray(),
                    last.values().stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    @ParameterizedTest
    @EnumSource(Mutant.class)
    void contribution_ofAMutant_isCaught(Mutant mutant) {
        List<RatedHistory> people = mutant.histories();
        assertThatThrownBy(() -> requireWithinCharge(mutant.releases(), people)).isInstanceOf(AssertionError.class);
    }
}

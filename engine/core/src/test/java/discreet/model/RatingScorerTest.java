package discreet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.RatingReference;
import discreet.RatingReference.User;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.catalogue.ListRules;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import discreet.history.UserHistory;
import discreet.statistics.BiasPrior;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatingScorerTest {
    private static final RatingReference REFERENCE = new RatingReference();
    private static final RatingModel MODEL = REFERENCE.model(true);
    private static final RatingScorer SCORER = MODEL.scorer();
    private static final int ITEMS = MODEL.catalogue().size();
    private static final int[] ALL = IntStream.range(0, ITEMS).toArray();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void predict_usersOfTheReference_isWhatTheReferencePredicts(boolean tags) {
        RatingScorer scorer = REFERENCE.model(tags).scorer();
        for (User person : REFERENCE.users(tags)) {
            assertThat(scorer.predict(person.history(), ALL)).containsExactly(person.predictions(), within(1e-9));
        }
    }

    @Test
    void fill_items_isTheReferencesFeatures() {
        RatingFeatures features = new RatingFeatures(MODEL);
        double[][] expected = REFERENCE.features();
        assertThat(MODEL.head().size()).isLessThan(ITEMS);
        for (int item : ALL) {
            double[] row = new double[features.count()];
            features.fill(item, row);
            int first = 3 + MODEL.spectrum().rank();
            assertThat(Arrays.copyOf(row, first)).containsExactly(Arrays.copyOf(expected[item], first), within(1e-9));
            double[] tags = Arrays.copyOfRange(row, first, row.length);
            double[] theirs = Arrays.copyOfRange(expected[item], first, expected[item].length);
            Arrays.sort(tags);
            Arrays.sort(theirs);
            assertThat(tags).containsExactly(theirs, within(1e-6));
        }
    }

    @Test
    void predict_nothingRated_isMeanAndBias() {
        double[] predicted = SCORER.predict(RatedHistory.EMPTY, ALL);
        for (int item : ALL) {
            assertThat(predicted[item]).isEqualTo(RatingReference.RANGE.rating(MODEL.mean() + MODEL.biases()[item]));
        }
    }

    @Test
    void predict_unknownItemAndNoRatings_isTheMean() {
        assertThat(SCORER.predict(RatedHistory.EMPTY, new int[] {-1})[0])
                .isEqualTo(RatingReference.RANGE.rating(MODEL.mean()));
        for (User person : REFERENCE.users(true)) {
            assertThat(SCORER.predict(person.history(), new int[] {-1})[0]).isBetween(1.0, 5.0);
        }
    }

    /** Tries random users and models, as odd as the types allow. */
    @Test
    void predict_anyHistoryAndModel_isFiniteAndInsideTheRange() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            int items = 1 + random.nextInt(30);
            double huge = Math.pow(10, random.nextInt(9) - 3);
            RatingScorer scorer = odd(items, huge, random).scorer();
            RatedHistory own = history(items, random);
            int[] asked = IntStream.range(-1, items).toArray();
            for (double prediction : scorer.predict(own, asked)) {
                assertThat(prediction).isBetween(-3.0, 7.5);
            }
            for (Recommendation place : scorer.recommend(UserHistory.ofRated(own), ListRules.ofLength(items))) {
                assertThat(place.score()).isBetween(-3.0, 7.5);
            }
        }
    }

    private static RatingModel odd(int items, double huge, Random random) {
        double[] counts =
                random.doubles(items, -huge, random.nextBoolean() ? huge : 0).toArray();
        int size = random.nextInt(items + 1);
        int rank = Math.min(size, random.nextInt(4));
        Head head = Head.choose(Head.Rule.RATING, counts, 1e9, .01, size);
        return new RatingModel(
                RatingScorerTest.catalogue(items, random),
                random.nextDouble() * 2 - 1,
                counts,
                random.doubles(items, -huge, huge).toArray(),
                random.doubles(items, 1e-12, huge).toArray(),
                new BiasPrior(huge * (random.nextDouble() - .5), huge, Map.of()),
                head,
                new Spectrum(
                        random.doubles((long) size * rank, -huge, huge).toArray(),
                        random.doubles(rank, 1e-9, huge).toArray(),
                        1),
                new TrainingParameters(Double.NEGATIVE_INFINITY, 500, 4096, new RatingRange(-3, 7.5)),
                MODEL.provenance());
    }

    private static Catalogue catalogue(int items, Random random) {
        return Catalogue.of(IntStream.range(0, items)
                .mapToObj(item -> new Item(
                        "i%03d".formatted(item),
                        "T (19" + (random.nextInt(90) + 10) + ")",
                        IntStream.range(0, random.nextInt(3))
                                .mapToObj(genre -> "g" + genre)
                                .toList(),
                        Map.of()))
                .toList());
    }

    private static RatedHistory history(int items, Random random) {
        int[] rated = random.ints(0, items)
                .limit(random.nextInt(2 * items))
                .distinct()
                .sorted()
                .toArray();
        boolean extreme = random.nextBoolean();
        return new RatedHistory(
                rated,
                Arrays.stream(rated)
                        .mapToDouble(item -> extreme ? (random.nextBoolean() ? 1 : -1) : random.nextDouble() * 2 - 1)
                        .toArray());
    }

    @Test
    void recommend_anyHistory_ordersOtherItemsByPrediction() {
        for (User person : REFERENCE.users(true)) {
            List<Recommendation> list =
                    SCORER.recommend(UserHistory.ofRated(person.history()), ListRules.ofLength(1000));
            assertThat(list).hasSize(ITEMS - person.items().length);
            double before = 5;
            for (Recommendation place : list) {
                assertThat(person.history().contains(place.item())).isFalse();
                assertThat(place.score()).isCloseTo(person.predictions()[place.item()], within(1e-9));
                assertThat(place.score()).isLessThanOrEqualTo(before + 1e-6);
                assertThat(place.source()).isEqualTo(RecommendationSource.MODEL);
                before = place.score();
            }
            assertThat(SCORER.recommend(UserHistory.ofRated(person.history()), ListRules.ofLength(5)))
                    .isEqualTo(list.subList(0, 5));
        }
        assertThat(SCORER.recommend(UserHistory.ofRated(RatedHistory.EMPTY), ListRules.ofLength(3)))
                .extracting(Recommendation::source)
                .containsOnly(RecommendationSource.POPULAR);
    }

    /** Equal predictions go by index, and neither by rounding nor by chance. */
    @Test
    void recommend_equalPredictions_areInOrderOfIndex() {
        RatingModel flat = new RatingModel(
                MODEL.catalogue(),
                0,
                new double[ITEMS],
                IntStream.range(0, ITEMS).mapToDouble(item -> 1e-9 * item).toArray(),
                MODEL.biasVariances(),
                MODEL.prior(),
                Head.of(new int[0], new double[0], new long[0], ITEMS),
                new Spectrum(new double[0], new double[0], 1),
                MODEL.parameters(),
                MODEL.provenance());
        assertThat(flat.scorer().recommend(UserHistory.ofRated(RatedHistory.EMPTY), ListRules.ofLength(ITEMS)))
                .extracting(Recommendation::item)
                .containsExactlyElementsOf(IntStream.range(0, ITEMS).boxed().toList());
    }

    @Test
    void recommend_allowedItems_listsNoOthers() {
        BitSet allowed = new BitSet();
        allowed.set(3);
        allowed.set(17, 21);
        RatedHistory own = new RatedHistory(new int[] {18}, new double[] {1});
        assertThat(SCORER.recommend(UserHistory.ofRated(own), new ListRules(10, allowed, 0)))
                .extracting(Recommendation::item)
                .containsExactlyInAnyOrder(3, 17, 19, 20);
    }

    @Test
    void recommend_reservedPlaces_goToTheBestOfTheTailWhileThereIsOne() {
        for (User person : REFERENCE.users(true)) {
            List<Recommendation> plain =
                    SCORER.recommend(UserHistory.ofRated(person.history()), ListRules.ofLength(ITEMS));
            List<Integer> tail = plain.stream()
                    .map(Recommendation::item)
                    .filter(item -> MODEL.head().position(item) < 0)
                    .toList();
            List<Integer> list =
                    SCORER.recommend(UserHistory.ofRated(person.history()), new ListRules(ITEMS, null, 5)).stream()
                            .map(Recommendation::item)
                            .toList();
            assertThat(list)
                    .containsExactlyInAnyOrderElementsOf(
                            plain.stream().map(Recommendation::item).toList());
            assertThat(list.get(3)).isIn(tail);
            assertThat(tail.indexOf(list.get(3))).isLessThanOrEqualTo(3);
            assertThat(list.stream().filter(tail::contains).toList()).isEqualTo(tail);
            assertThat(list.stream().filter(item -> !tail.contains(item)).toList())
                    .isEqualTo(plain.stream()
                            .map(Recommendation::item)
                            .filter(item -> !tail.contains(item))
                            .toList());
        }
    }

    @Test
    void recommend_itemsWithoutTags_areInNoReservedPlace() {
        int[] tail = Arrays.stream(ALL)
                .filter(item -> MODEL.head().position(item) < 0)
                .toArray();
        assertThat(tail).hasSizeGreaterThan(2);
        int told = tail[tail.length / 2];
        List<Item> bare = new ArrayList<>(Arrays.stream(tail)
                .filter(item -> item != told)
                .mapToObj(item -> Item.of(MODEL.catalogue().id(item)))
                .toList());
        bare.add(Item.of("zzz"));
        RatingModel model = MODEL.over(Catalogue.of(bare).with(MODEL.catalogue()));
        assertThat(model.catalogue().indexOf("zzz")).isEqualTo(ITEMS); // so the other items keep their indices
        RatingScorer scorer = model.scorer();
        ListRules all = new ListRules(model.catalogue().size(), null, ListRules.PLACES);
        for (User person : REFERENCE.users(true)) {
            List<Recommendation> plain =
                    scorer.recommend(UserHistory.ofRated(person.history()), ListRules.ofLength(all.length()));
            List<Recommendation> expected = new ArrayList<>(
                    plain.stream().filter(place -> place.item() == told).toList());
            plain.stream().filter(place -> place.item() != told).forEach(expected::add);
            List<Recommendation> list = scorer.recommend(UserHistory.ofRated(person.history()), all);
            assertThat(list)
                    .extracting(Recommendation::item)
                    .isEqualTo(expected.stream().map(Recommendation::item).toList());
            for (Recommendation place : list) {
                boolean kept = place.item() == told && !person.history().contains(told);
                assertThat(place.source()).isEqualTo(kept ? RecommendationSource.TAGS : RecommendationSource.MODEL);
                assertThat(scorer.explain(person.history(), place).source()).isEqualTo(place.source());
            }
            assertThat(list).extracting(Recommendation::score).isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    @Test
    void recommend_seenAndUnrated_isInNoListUnlessAskedFor() {
        for (User person : REFERENCE.users(true)) {
            RatedHistory own = person.history();
            int unrated = Arrays.stream(ALL)
                    .filter(item -> !own.contains(item))
                    .findFirst()
                    .orElseThrow();
            int[] seen = IntStream.concat(Arrays.stream(own.items()), IntStream.of(unrated))
                    .sorted()
                    .toArray();
            List<Recommendation> rest = SCORER.recommend(UserHistory.ofRated(own), ListRules.ofLength(ITEMS)).stream()
                    .filter(place -> place.item() != unrated)
                    .toList();
            UserHistory<RatedHistory> user = new UserHistory<>(own, seen);
            assertThat(SCORER.recommend(user, ListRules.ofLength(ITEMS))).isEqualTo(rest);
            assertThat(SCORER.recommend(user, ListRules.ofLength(ITEMS).withSeen(true)))
                    .hasSize(ITEMS)
                    .extracting(Recommendation::item)
                    .contains(unrated, own.items()[0]);
        }
    }

    @Test
    void recommend_nothingRated_hasNoReservedPlaces() {
        assertThat(SCORER.recommend(UserHistory.ofRated(RatedHistory.EMPTY), new ListRules(ITEMS, null, 10)))
                .isEqualTo(SCORER.recommend(UserHistory.ofRated(RatedHistory.EMPTY), ListRules.ofLength(ITEMS)));
    }

    @Test
    void fill_itemThatWasNeverCounted_hasTheLogCountOfTheAverage() {
        RatingModel today = MODEL.over(Catalogue.of(List.of(Item.of("zzz"))).with(MODEL.catalogue()));
        RatingFeatures features = new RatingFeatures(today);
        double[] row = new double[features.count()];
        for (int item : new int[] {-1, today.catalogue().indexOf("zzz")}) {
            features.fill(item, row);
            assertThat(row[1]).isZero();
        }
        // An item with a small count is far from the average
        int rarest = IntStream.range(0, ITEMS)
                .boxed()
                .min(Comparator.comparingDouble(item -> MODEL.counts()[item]))
                .orElseThrow();
        features.fill(rarest, row);
        assertThat(row[1]).isLessThan(-1);
    }

    @Test
    void explain_anyHistory_sumsToThePrediction() {
        for (User person : REFERENCE.users(true)) {
            RatedHistory own = person.history();
            for (int item = -1; item < ITEMS; item++) {
                Explanation why = SCORER.explain(own, item);
                assertThat(why.history())
                        .extracting(Explanation.Contribution::item)
                        .containsExactlyElementsOf(
                                Arrays.stream(own.items()).boxed().toList());
                double predicted = SCORER.predict(own, new int[] {item})[0];
                assertThat(why.score()).isCloseTo(predicted, within(1e-9));
                assertThat(why.sum()).isCloseTo(predicted, within(1e-6));
            }
        }
        Explanation nobody = SCORER.explain(RatedHistory.EMPTY, 4);
        assertThat(nobody.history()).isEmpty();
        assertThat(nobody.sum()).isCloseTo(SCORER.predict(RatedHistory.EMPTY, new int[] {4})[0], within(1e-6));
    }

    /** A contribution is what would vanish if the rating had equalled mean plus bias. */
    @Test
    void explain_contribution_isWhatThatRatingChanges() {
        RatedHistory own = REFERENCE.users(true).get(0).history();
        int item = 30;
        Explanation why = SCORER.explain(own, item);
        for (int at = 0; at < own.size(); at++) {
            double[] values = own.values().clone();
            values[at] = MODEL.mean() + MODEL.biases()[own.items()[at]];
            Explanation without = SCORER.explain(new RatedHistory(own.items(), values), item);
            assertThat(why.history().get(at).value()).isCloseTo(unclipped(why) - unclipped(without), within(1e-9));
        }
    }

    private static double unclipped(Explanation why) {
        return why.sum() - why.common().get(2).value();
    }

    @Test
    void related_item_isByCosineOfFactors() {
        int item = MODEL.head().item(0);
        List<Recommendation> related = SCORER.related(item, ListRules.ofLength(100));
        long withTagFactors = Arrays.stream(ALL)
                .filter(other -> SCORER.knownBy(other) == KnownBy.TAGS)
                .count();
        assertThat(withTagFactors).isPositive();
        assertThat(SCORER.related(item, ListRules.ofLength(ITEMS)))
                .hasSize(MODEL.head().size() - 1 + (int) withTagFactors);
        assertThat(related).extracting(Recommendation::item).doesNotContain(item);
        assertThat(related).allSatisfy(place -> assertThat(place.score()).isBetween(-1.0, 1.0));
        assertThat(related).isSortedAccordingTo((one, other) -> Double.compare(other.score(), one.score()));
        Recommendation first = related.get(0);
        assertThat(SCORER.related(first.item(), ListRules.ofLength(100)))
                .anySatisfy(place -> assertThat(place)
                        .isEqualTo(new Recommendation(item, first.score(), RecommendationSource.MODEL)));
    }

    @Test
    void related_itemOutsideTheHead_isPlacedByItsTagsAndNotAtAllWithout() {
        Catalogue newer = Catalogue.of(List.of(
                new Item(
                        "new",
                        null,
                        MODEL.catalogue().item(MODEL.head().item(0)).genres(),
                        Map.of()),
                Item.of("silent")));
        RatingModel today = MODEL.over(newer.with(MODEL.catalogue()));
        RatingScorer scorer = today.scorer();
        int known = today.catalogue().indexOf("new");
        int silent = today.catalogue().indexOf("silent");
        assertThat(scorer.knownBy(known)).isEqualTo(KnownBy.TAGS);
        assertThat(scorer.knownBy(silent)).isEqualTo(KnownBy.NOTHING);
        List<Recommendation> related = scorer.related(known, ListRules.ofLength(ITEMS));
        assertThat(related)
                .hasSize(today.head().size())
                .allMatch(place -> today.head().position(place.item()) >= 0)
                .allMatch(place -> Math.abs(place.score()) <= 1);
        Recommendation first = related.get(0);
        assertThat(scorer.related(first.item(), ListRules.ofLength(ITEMS + 2)))
                .contains(new Recommendation(known, first.score(), RecommendationSource.TAGS))
                .noneMatch(place -> place.item() == silent);
        assertThat(scorer.related(silent, ListRules.ofLength(ITEMS))).isEmpty();
    }

    @Test
    void recommend_newItemWithoutKnownTags_isInNoList() {
        Catalogue newer = Catalogue.of(List.of(
                new Item("told", null, List.of("Drama"), Map.of()),
                Item.of("silent"),
                new Item("unheard", null, List.of("A genre of tomorrow"), Map.of())));
        RatingModel today = MODEL.over(newer.with(MODEL.catalogue()));
        for (RatedHistory own : List.of(RatedHistory.EMPTY, new RatedHistory(new int[] {3}, new double[] {1}))) {
            assertThat(today.scorer().recommend(UserHistory.ofRated(own), ListRules.ofLength(ITEMS + 3)))
                    .hasSize(ITEMS + 1 - own.size())
                    .extracting(Recommendation::item)
                    .contains(today.catalogue().indexOf("told"))
                    .doesNotContain(
                            today.catalogue().indexOf("silent"),
                            today.catalogue().indexOf("unheard"));
        }
    }

    @Test
    void over_newItems_getThePriorOfTheirTagsAndOthersStay() {
        Catalogue newer = Catalogue.of(List.of(
                new Item("000", "Brand New (1997)", List.of("Drama"), Map.of()),
                Item.of("zzz"),
                MODEL.catalogue().item(7)));
        RatingModel today = MODEL.over(newer.with(MODEL.catalogue()));
        assertThat(today.catalogue().size()).isEqualTo(ITEMS + 2);
        RatingScorer scorer = today.scorer();
        double[] before = SCORER.predict(REFERENCE.users(true).get(1).history(), ALL);
        int[] moved = Arrays.stream(ALL)
                .map(item -> today.catalogue().indexOf(MODEL.catalogue().id(item)))
                .toArray();
        RatedHistory own = REFERENCE.users(true).get(1).history();
        RatedHistory same = new RatedHistory(
                Arrays.stream(own.items()).map(item -> moved[item]).toArray(), own.values());
        assertThat(scorer.predict(same, moved)).containsExactly(before, within(1e-9));
        RatingRange range = RatingReference.RANGE;
        assertThat(scorer.predict(
                                RatedHistory.EMPTY, new int[] {today.catalogue().indexOf("000")})[0])
                .isEqualTo(range.rating(MODEL.mean() - .125 + .25 - .0625));
        assertThat(scorer.predict(
                                RatedHistory.EMPTY, new int[] {today.catalogue().indexOf("zzz")})[0])
                .isEqualTo(range.rating(MODEL.mean()));
        // For a user with ratings, an item without tags is predicted as an unknown one
        assertThat(scorer.predict(same, new int[] {today.catalogue().indexOf("zzz"), -1}))
                .satisfies(both -> assertThat(both[0]).isEqualTo(both[1]));
    }

    @Test
    void scorer_serialised_predictsTheSame() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(SCORER);
        }
        RatingScorer read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (RatingScorer) in.readObject();
        }
        RatedHistory own = REFERENCE.users(true).get(2).history();
        assertThat(read.predict(own, ALL)).containsExactly(SCORER.predict(own, ALL));
    }
}

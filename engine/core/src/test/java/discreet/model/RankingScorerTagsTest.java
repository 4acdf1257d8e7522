package discreet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.SyntheticModel;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.catalogue.ListRules;
import discreet.history.UserHistory;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests filters, reserved places, items known by their tags, and explanations. */
class RankingScorerTagsTest {
    private static final int ITEMS = 300;
    private static final RankingModel MODEL = SyntheticModel.of(ITEMS, 120, 12, 0, 5);
    private static final RankingScorer SCORER = MODEL.scorer();
    private static final List<int[]> HISTORIES = SyntheticModel.histories(ITEMS, 40, 6);

    private static boolean inHead(int item) {
        return MODEL.head().position(item) >= 0;
    }

    private static boolean hasTags(int item) {
        return !MODEL.catalogue().item(item).genres().isEmpty();
    }

    private static boolean knows(int[] history) {
        return Arrays.stream(history).anyMatch(RankingScorerTagsTest::inHead);
    }

    private static List<Integer> items(List<Recommendation> list) {
        return list.stream().map(Recommendation::item).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 20})
    void recommend_reserved_fillsPlacesByTagsAndKeepsTheRest(int reserved) {
        ListRules rules = new ListRules(40, null, reserved);
        for (int[] history : HISTORIES) {
            List<Recommendation> list = SCORER.recommend(UserHistory.ofItems(history), rules);
            if (!knows(history)) {
                assertThat(list).isEqualTo(SCORER.recommend(history, 40));
                continue;
            }
            List<Integer> byTags = IntStream.range(0, ITEMS)
                    .filter(item -> !inHead(item) && hasTags(item) && Arrays.binarySearch(history, item) < 0)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingLong(item ->
                                    -Math.round(SCORER.explain(history, item).score() / 1e-6))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
            List<Integer> plain = items(SCORER.recommend(history, 40));
            int tail = 0;
            int head = 0;
            for (int place = 0; place < list.size(); place++) {
                assertThat(list.get(place).source())
                        .isEqualTo(rules.isReserved(place) ? RecommendationSource.TAGS : RecommendationSource.MODEL);
                assertThat(list.get(place).item())
                        .isEqualTo(rules.isReserved(place) ? byTags.get(tail++) : plain.get(head++));
            }
            assertThat(tail).isEqualTo(2 * reserved);
        }
    }

    /** What is seen and does not count leaves the order of the rest unchanged, in reserved places too. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void recommend_seenItemsThatDoNotCount_areLeftOutAndChangeNothingElse(int reserved) {
        ListRules rules = new ListRules(ITEMS, null, reserved);
        for (int[] history : HISTORIES) {
            int[] seen = IntStream.concat(
                            Arrays.stream(history), IntStream.range(0, ITEMS).filter(i -> i % 4 == 1))
                    .sorted()
                    .distinct()
                    .toArray();
            UserHistory<int[]> user = new UserHistory<>(history, seen);
            BitSet unseen = new BitSet();
            IntStream.range(0, ITEMS).filter(item -> !user.hasSeen(item)).forEach(unseen::set);

            List<Recommendation> list = SCORER.recommend(user, rules);
            assertThat(items(list))
                    .doesNotContainAnyElementsOf(Arrays.stream(seen).boxed().toList());
            assertThat(list)
                    .isEqualTo(SCORER.recommend(UserHistory.ofItems(history), new ListRules(ITEMS, unseen, reserved)));
            assertThat(items(SCORER.recommend(user, rules.withSeen(true)))).hasSize(ITEMS);
        }
    }

    @Test
    void recommend_listSeen_ranksTheHistoryWithAllOthers() {
        for (int[] history : HISTORIES) {
            double[] scores = SCORER.headScores(history);
            List<Integer> expected = IntStream.range(0, scores.length)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingLong(position -> -Math.round(scores[position] / 1e-6))
                            .thenComparing(position -> MODEL.head().item(position)))
                    .map(position -> MODEL.head().item(position))
                    .toList();
            List<Recommendation> list = SCORER.recommend(
                    UserHistory.ofItems(history),
                    ListRules.ofLength(scores.length).withSeen(true));
            assertThat(items(list)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 20})
    void recommend_anyReserved_scoresNeverRise(int reserved) {
        boolean hidden = false;
        for (int[] history : HISTORIES) {
            List<Recommendation> list =
                    SCORER.recommend(UserHistory.ofItems(history), new ListRules(ITEMS, null, reserved));
            for (int place = 1; place < list.size(); place++) {
                assertThat(list.get(place).score())
                        .isLessThanOrEqualTo(list.get(place - 1).score());
            }
            hidden |= list.stream()
                    .filter(place -> place.source() == RecommendationSource.TAGS)
                    .anyMatch(place -> place.score()
                            != SCORER.explain(history, place.item()).score());
        }
        assertThat(hidden).isEqualTo(reserved > 0); // the items' own scores would rise
    }

    @Test
    void recommend_shorter_isTheBeginningOfLonger() {
        for (int[] history : HISTORIES) {
            List<Recommendation> all = SCORER.recommend(UserHistory.ofItems(history), new ListRules(ITEMS, null, 3));
            assertThat(items(all)).doesNotHaveDuplicates().hasSize(ITEMS - history.length);
            for (int k : new int[] {0, 1, 19, 20, 150, 290}) {
                assertThat(SCORER.recommend(UserHistory.ofItems(history), new ListRules(k, null, 3)))
                        .isEqualTo(all.subList(0, Math.min(k, all.size())));
            }
        }
    }

    @Test
    void recommend_allowed_areTheOnlyOnesInTheSameOrder() {
        BitSet allowed = new BitSet();
        IntStream.range(0, ITEMS).filter(item -> item % 3 == 1).forEach(allowed::set);
        for (int[] history : HISTORIES) {
            List<Recommendation> all = SCORER.recommend(history, ITEMS).stream()
                    .filter(place -> allowed.get(place.item()))
                    .toList();
            List<Recommendation> some =
                    SCORER.recommend(UserHistory.ofItems(history), new ListRules(ITEMS, allowed, 0));
            assertThat(items(some)).isEqualTo(items(all));
            for (int place = 0; place < some.size(); place++) { // ties may have the score of the place above
                assertThat(some.get(place).score()).isEqualTo(all.get(place).score(), within(1e-6));
                assertThat(some.get(place).source()).isEqualTo(all.get(place).source());
            }
            assertThat(SCORER.recommend(UserHistory.ofItems(history), new ListRules(ITEMS, allowed, 5)))
                    .hasSizeLessThan(101)
                    .allMatch(place -> allowed.get(place.item()));
        }
    }

    @Test
    void recommend_itemsWithoutTags_areInTheTailByStatisticAlone() {
        for (int[] history : HISTORIES) {
            assertThat(SCORER.recommend(UserHistory.ofItems(history), new ListRules(ITEMS, null, 20)))
                    .filteredOn(place -> !inHead(place.item()) && !hasTags(place.item()))
                    .allMatch(place -> place.source() == RecommendationSource.POPULAR && place.score() < -900)
                    .isNotEmpty();
        }
    }

    @Test
    void explain_anyItem_sumsToTheScoreThatListsHave() {
        for (int[] history : HISTORIES) {
            double[] scores = SCORER.headScores(history);
            for (int item = 0; item < ITEMS; item++) {
                Explanation why = SCORER.explain(history, item);
                assertThat(why.sum()).isCloseTo(why.score(), within(1e-9));
                assertThat(why.history())
                        .extracting(Explanation.Contribution::item)
                        .containsExactlyElementsOf(
                                Arrays.stream(history).boxed().toList());
                if (inHead(item)) {
                    assertThat(why.score()).isEqualTo(scores[MODEL.head().position(item)]);
                }
            }
            for (Recommendation place : SCORER.recommend(UserHistory.ofItems(history), new ListRules(ITEMS, null, 4))) {
                Explanation why = SCORER.explain(history, place);
                if (place.source() != RecommendationSource.TAGS) { // whose own score is of another kind
                    assertThat(why.score()).isEqualTo(place.score(), within(1e-6));
                }
                assertThat(why.source()).isEqualTo(place.source());
            }
        }
    }

    /** An item adds the same without the others, and an item outside the head adds nothing. */
    @Test
    void explain_historyOfOne_isThatItemsPartInEveryHistory() {
        for (int[] history : HISTORIES) {
            for (int item = 0; item < ITEMS; item += 17) {
                for (Explanation.Contribution part :
                        SCORER.explain(history, item).history()) {
                    int own = part.item();
                    double alone = inHead(own) && (inHead(item) || hasTags(item))
                            ? SCORER.explain(new int[] {own}, item)
                                    .history()
                                    .get(0)
                                    .value()
                            : 0;
                    assertThat(part.value()).isCloseTo(alone, within(1e-12));
                }
            }
        }
    }

    /**
     * Makes a model in which some users like comedies and others horrors, with two items newer than the
     * model.
     */
    private static RankingModel twoTastes() {
        int size = 24;
        List<Item> old = IntStream.range(0, size)
                .mapToObj(index -> new Item(
                        "old-%02d".formatted(index), null, List.of(index % 2 == 0 ? "Comedy" : "Horror"), Map.of()))
                .toList();
        double[] statistic =
                IntStream.range(0, size).mapToDouble(item -> 50 + item % 3).toArray();
        double[] vectors = IntStream.range(0, size)
                .mapToDouble(item -> (item % 2 == 0 ? 1 : -1) / Math.sqrt(size))
                .toArray();
        Head head = Head.choose(statistic, 1e9, .01, size);
        double[] inOrder = IntStream.range(0, size)
                .mapToDouble(position -> vectors[head.item(position)])
                .toArray();
        RankingModel other = SyntheticModel.of(size, size, 1, 0, 1);
        RankingModel model = new RankingModel(
                Catalogue.of(old),
                statistic,
                head,
                new Spectrum(inOrder, new double[] {40}, 1),
                other.parameters(),
                other.provenance());
        Catalogue newer = Catalogue.of(List.of(
                new Item("new-comedy", null, List.of("Comedy"), Map.of()),
                new Item("new-silent", null, List.of(), Map.of()),
                new Item("new-western", null, List.of("Western"), Map.of())));
        return model.over(newer.with(model.catalogue()));
    }

    @Test
    void related_newItem_isPlacedByItsTags() {
        RankingModel model = twoTastes();
        RankingScorer scorer = model.scorer();
        int comedy = model.catalogue().indexOf("new-comedy");
        int old = model.catalogue().indexOf("old-00");

        List<Recommendation> related = scorer.related(comedy, 12);

        assertThat(related)
                .hasSize(12)
                .allMatch(place -> model.catalogue().item(place.item()).genres().contains("Comedy"));
        assertThat(scorer.knownBy(comedy)).isEqualTo(KnownBy.TAGS);
        assertThat(scorer.related(old, 12)).anyMatch(place -> place.item() == comedy && place.score() > .5);
        assertThat(scorer.related(old, ITEMS))
                .filteredOn(place -> place.item() == comedy)
                .singleElement()
                .satisfies(place -> assertThat(place.score())
                        .isCloseTo(
                                related.stream()
                                        .filter(back -> back.item() == old)
                                        .findFirst()
                                        .orElseThrow()
                                        .score(),
                                within(1e-12)));
    }

    @Test
    void newItem_withoutTagsOfTheHead_getsNoScore() {
        RankingModel model = twoTastes();
        RankingScorer scorer = model.scorer();
        Set<Integer> silent = Set.of(
                model.catalogue().indexOf("new-silent"), model.catalogue().indexOf("new-western"));
        int[] history = {model.catalogue().indexOf("old-00"), model.catalogue().indexOf("old-02")};

        for (int item : silent) {
            assertThat(scorer.related(item, 10)).isEmpty();
            assertThat(scorer.explain(history, item).source()).isEqualTo(RecommendationSource.POPULAR);
        }
        for (int item = 0; item < model.catalogue().size(); item++) {
            assertThat(scorer.related(item, ITEMS)).noneMatch(place -> silent.contains(place.item()));
        }
        List<Recommendation> list = scorer.recommend(UserHistory.ofItems(history), new ListRules(20, null, 2));
        assertThat(list.get(9).item()).isEqualTo(model.catalogue().indexOf("new-comedy"));
        assertThat(items(list)).doesNotContainAnyElementsOf(silent);
        assertThat(items(scorer.recommend(history, 10)))
                .doesNotContain(model.catalogue().indexOf("new-comedy"));
    }

    @Test
    void related_itemsKnownByTagsAlone_areNotComparedWithEachOther() {
        for (int item = 0; item < ITEMS; item++) {
            Set<Integer> related = SCORER.related(item, ITEMS).stream()
                    .map(Recommendation::item)
                    .collect(Collectors.toSet());
            if (!inHead(item)) {
                assertThat(related).allMatch(RankingScorerTagsTest::inHead);
            }
            assertThat(related.isEmpty()).isEqualTo(!inHead(item) && !hasTags(item));
            assertThat(SCORER.related(item, ITEMS)).allMatch(place -> Math.abs(place.score()) <= 1 + 1e-12);
        }
    }
}

package discreet.model;

import discreet.catalogue.ItemTags;
import discreet.catalogue.ListRules;
import discreet.history.HistoryForm;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a released model, the only ones: batch lists, single lists, related items and evaluation all go through it.
 *
 * <p>A person's scores over the head, from the person's own history alone (fold-in; nothing is stored):
 *
 * <pre>
 *   f  = w o history,   f' = f - (f.p) p,   h = xi / (xi + .4 b)
 *   score = [ (I - p p^T) Q diag(h) Q^T f' + (f.p) p + .001 g ] / w^.5
 * </pre>
 *
 * where p is the popularity direction and g the direction of w o max(c, 0), which orders what the history says nothing
 * about. Items outside the head rank after it by c. Scores are compared on a grid of 1e-6, ties by item index, so that every
 * way of computing them gives one order.
 *
 * <p>Here lists are put together; {@link FoldIn} has what a history says, {@link HeadScores} the scores of the head, {@link TaggedTail}
 * those for reserved places, {@link Explainer} what a score is made of.
 *
 * <p>A person with k items in a head of size m costs (k + m) rank multiply-adds, and the choice of the best about as many comparisons as
 * the head has items.
 *
 * <p>Immutable, and safe to use from several threads; broadcast once in a batch job.
 */
public final class RankingScorer implements Recommender<int[]> {
    private static final long serialVersionUID = 1L;

    /** Scores of items outside the head: below every score inside it, ordered by c. */
    private static final double TAIL_OFFSET = -1e3;

    private static final double TAIL_SLOPE = 1e-9;
    private static final double SMALLEST_NORM = 1e-300; // all c <= 0: g is 0

    private final Head head;
    private final double[] statistic;
    private final FoldIn foldIn;
    private final HeadScores scores;
    /** Items outside the head, by decreasing c. */
    private final int[] tail;

    private final TaggedTail tagged;
    private final RelatedItems related;
    private final Explainer reasons;

    /**
     * The kernel of a model whose catalogue says nothing, such as a simulated one.
     *
     * @param statistic item statistic c, one value an item of the catalogue
     */
    public RankingScorer(double[] statistic, Head head, Spectrum spectrum) {
        this(statistic, head, spectrum, null);
    }

    RankingScorer(double[] statistic, Head head, Spectrum spectrum, @Nullable ItemTags tags) {
        this.head = head;
        this.statistic = statistic;
        this.foldIn = new FoldIn(head, spectrum);
        double[] popular = popularity(statistic, head);
        double norm = Math.max(Math.sqrt(Arrays.stream(popular).map(x -> x * x).sum()), SMALLEST_NORM);
        this.scores = new HeadScores(
                foldIn, Arrays.stream(popular).map(value -> value / norm).toArray());
        this.tail = IntStream.range(0, statistic.length)
                .filter(item -> head.position(item) < 0)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -statistic[item]))
                .mapToInt(Integer::intValue)
                .toArray();
        TagFactors factors = tags == null
                ? TagFactors.none(statistic.length)
                : TagFactors.fit(tags, head, foldIn.factor(), foldIn.gain());
        this.related = new RelatedItems(head, foldIn.factor(), foldIn.gain(), factors);
        this.tagged = new TaggedTail(factors, head, statistic, norm);
        this.reasons = new Explainer(foldIn, scores, tagged);
    }

    /** w o max(c, 0) over the head. */
    private static double[] popularity(double[] statistic, Head head) {
        return IntStream.range(0, head.size())
                .mapToDouble(position -> head.weight(position) * Math.max(statistic[head.item(position)], 0))
                .toArray();
    }

    @Override
    public HistoryForm<int[]> historyForm() {
        return HistoryForm.ofItems();
    }

    @Override
    public String scoreName() {
        return "score";
    }

    /** Number of items of the catalogue. */
    public int items() {
        return statistic.length;
    }

    /**
     * Scores over the head.
     *
     * @param history the person's items: distinct catalogue indices, in any order and number
     * @return one score a head position
     */
    public double[] headScores(int[] history) {
        return scores.of(foldIn.userFactors(history));
    }

    /** The k best items that are not in the history: {@link #recommend(int[], ListRules)} without further rules. */
    public List<Recommendation> recommend(int[] history, int k) {
        return recommend(history, ListRules.ofLength(k));
    }

    /**
     * The best items that are not in the history, best first; fewer than asked for only where no more are allowed. Reserved places are
     * as in {@link ListBuilder}, by what tags say; something is known of a person who has an item in the head.
     *
     * @param history the person's items: distinct catalogue indices, ascending
     */
    @Override
    public List<Recommendation> recommend(int[] history, ListRules rules) {
        UserFactors userFactors = foldIn.userFactors(history);
        return list(history, userFactors, scores.of(userFactors), rules);
    }

    /** {@inheritDoc} The scores of the head are computed together, in a sixth of the time ({@link HeadScores}). */
    @Override
    public List<List<Recommendation>> recommendAll(List<int[]> histories, ListRules rules) {
        List<List<Recommendation>> lists = new ArrayList<>(histories.size());
        for (int from = 0; from < histories.size(); from += HeadScores.PEOPLE) {
            List<int[]> block = histories.subList(from, Math.min(from + HeadScores.PEOPLE, histories.size()));
            List<UserFactors> tastes = block.stream().map(foldIn::userFactors).toList();
            double[][] byPerson = scores.of(tastes);
            for (int person = 0; person < block.size(); person++) {
                lists.add(list(block.get(person), tastes.get(person), byPerson[person], rules));
            }
        }
        return lists;
    }

    private List<Recommendation> list(int[] history, UserFactors userFactors, double[] headScores, ListRules rules) {
        int[] best = best(history, headScores, rules);
        TaggedTail.@Nullable Scores byTags = rules.reserved() > 0 ? tagged.scores(userFactors) : null;
        int[] reserve = byTags == null ? new int[0] : byTags.best(history, rules);
        ListBuilder places = ListBuilder.of(best, reserve, rules);
        List<Recommendation> list = new ArrayList<>(places.size());
        for (int place = 0; place < places.size(); place++) {
            int item = places.item(place);
            int position = head.position(item);
            if (byTags != null && places.isGiven(place)) {
                list.add(new Recommendation(item, byTags.of(item), RecommendationSource.MODEL));
            } else if (position >= 0) {
                list.add(new Recommendation(item, headScores[position], userFactors.source()));
            } else {
                list.add(byStatistic(item));
            }
        }
        return list;
    }

    /** Items for places that are not reserved: the best of the head, then what is left by c, as many as the list is to have. */
    private int[] best(int[] history, double[] headScores, ListRules rules) {
        boolean[] own = new boolean[headScores.length];
        for (int item : history) {
            if (head.position(item) >= 0) {
                own[head.position(item)] = true;
            }
        }
        TopK top = new TopK(Math.min(rules.length(), headScores.length));
        for (int position = 0; position < headScores.length; position++) {
            int item = head.item(position);
            if (!own[position] && rules.allows(item)) {
                top.offer(headScores[position], item);
            }
        }
        int[] inHead = top.items();
        int[] best = Arrays.copyOf(inHead, Math.min(rules.length(), statistic.length));
        int size = inHead.length;
        for (int at = 0; at < tail.length && size < best.length; at++) {
            if (rules.allows(tail[at]) && Arrays.binarySearch(history, tail[at]) < 0) {
                best[size++] = tail[at];
            }
        }
        return size == best.length ? best : Arrays.copyOf(best, size);
    }

    private Recommendation byStatistic(int item) {
        return new Recommendation(item, TAIL_OFFSET + TAIL_SLOPE * statistic[item], RecommendationSource.POPULAR);
    }

    /**
     * Why an item has its score ({@link Explainer}).
     *
     * @param history the person's items: distinct catalogue indices, ascending
     */
    @Override
    public Explanation explain(int[] history, int item) {
        return reasons.of(history, item, byStatistic(item));
    }

    /** Why an item has its place in a list. */
    @Override
    public Explanation explain(int[] history, Recommendation place) {
        boolean byStatistic = head.position(place.item()) < 0 && place.source() == RecommendationSource.POPULAR;
        return byStatistic ? Explainer.byStatistic(history, byStatistic(place.item())) : explain(history, place.item());
    }

    /** {@link #related(int, ListRules)} of at most k items. */
    public List<Recommendation> related(int item, int k) {
        return related(item, ListRules.ofLength(k));
    }

    @Override
    public List<Recommendation> related(int item, ListRules rules) {
        return related.of(item, rules);
    }

    @Override
    public boolean hasTagFactors(int item) {
        return related.hasTagFactors(item);
    }
}

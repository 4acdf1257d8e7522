package discreet.model;

import discreet.catalogue.ItemTags;
import discreet.catalogue.ListRules;
import discreet.history.HistoryForm;
import discreet.history.UserHistory;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scores items with a released ranking model. Batch lists, single lists, related items and evaluations all
 * use this class.
 *
 * <p>A user's scores over the head come from the user's own history alone (fold-in), and nothing is stored:
 *
 * <pre>
 *   f  = w o history,   f' = f - (f.p) p,   h = xi / (xi + .4 b)
 *   score = [ (I - p p^T) Q diag(h) Q^T f' + (f.p) p + .001 g ] / w^.5
 * </pre>
 *
 * Here p is the popularity direction and g the direction of w o max(c, 0), which orders the items that the
 * history is silent about. Items outside the head rank after it by c. Scores are compared on a grid of 1e-6
 * with ties broken by item index, so that every way of computing them gives one order.
 *
 * <p>This class assembles lists. {@link FoldIn} turns a history into factors, {@link HeadScores} scores the
 * head, {@link TaggedTail} scores items for reserved places, and {@link Explainer} splits scores into parts.
 *
 * <p>A user with k items in a head of size m costs (k + m) rank multiply-adds, and about m comparisons to
 * select the best items.
 *
 * <p>Immutable and thread-safe. A batch job broadcasts it once.
 */
public final class RankingScorer implements Recommender<int[]> {
    private static final long serialVersionUID = 1L;

    /**
     * Puts the scores of items outside the head below every score inside it. Among themselves they are
     * ordered by c.
     */
    private static final double TAIL_OFFSET = -1e3;

    private static final int[] NOTHING = {};
    private static final double TAIL_SLOPE = 1e-9;
    private static final double SMALLEST_NORM = 1e-300; // all c <= 0: g is 0

    private final Head head;
    private final double[] statistic;
    private final FoldIn foldIn;
    private final HeadScores scores;
    /** Items outside the head in order of decreasing c. */
    private final int[] tail;

    private final TaggedTail tagged;
    private final RelatedItems related;
    private final Explainer explainer;

    /**
     * Creates the scorer of a model whose catalogue has no tags, such as a simulated one.
     *
     * @param statistic item statistic c, one value per item of the catalogue
     */
    public RankingScorer(double[] statistic, Head head, Spectrum spectrum) {
        this(statistic, 0, head, spectrum, null);
    }

    /** @param statisticSd standard deviation of the noise in each value of the statistic */
    RankingScorer(double[] statistic, double statisticSd, Head head, Spectrum spectrum, @Nullable ItemTags tags) {
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
        this.related = new RelatedItems(
                head, ReleasedCounts.few(statistic, statisticSd, head), foldIn.factor(), foldIn.gain(), factors);
        this.tagged = new TaggedTail(factors, head, statistic, norm);
        this.explainer = new Explainer(foldIn, scores, tagged);
    }

    /** Returns w o max(c, 0) over the head. */
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

    /** Returns the number of items of the catalogue. */
    public int items() {
        return statistic.length;
    }

    /**
     * Scores the items of the head.
     *
     * @param history distinct catalogue indices, in any order and number
     * @return one score per head position
     */
    public double[] headScores(int[] history) {
        return scores.of(foldIn.userFactors(history));
    }

    /**
     * Returns the k best items that are not in the history, without further rules.
     *
     * @param history all items that the user has seen, each of which counts
     */
    public List<Recommendation> recommend(int[] history, int k) {
        return recommend(UserHistory.ofItems(history), ListRules.ofLength(k));
    }

    /**
     * {@inheritDoc} {@link ListBuilder} describes reserved places. A user whose history has no item in the
     * head gets none of them.
     */
    @Override
    public List<Recommendation> recommend(UserHistory<int[]> user, ListRules rules) {
        UserFactors userFactors = foldIn.userFactors(user.counted());
        return list(user, userFactors, scores.of(userFactors), rules);
    }

    /**
     * {@inheritDoc} Computing the scores of the head together takes a sixth of the time
     * ({@link HeadScores}).
     */
    @Override
    public List<List<Recommendation>> recommendAll(List<UserHistory<int[]>> users, ListRules rules) {
        List<List<Recommendation>> lists = new ArrayList<>(users.size());
        for (int from = 0; from < users.size(); from += HeadScores.USERS) {
            List<UserHistory<int[]>> block = users.subList(from, Math.min(from + HeadScores.USERS, users.size()));
            List<UserFactors> factors = block.stream()
                    .map(user -> foldIn.userFactors(user.counted()))
                    .toList();
            double[][] scoresByUser = scores.of(factors);
            for (int user = 0; user < block.size(); user++) {
                lists.add(list(block.get(user), factors.get(user), scoresByUser[user], rules));
            }
        }
        return lists;
    }

    private List<Recommendation> list(
            UserHistory<int[]> user, UserFactors userFactors, double[] headScores, ListRules rules) {
        int[] leftOut = rules.listSeen() ? NOTHING : user.seen();
        int[] best = best(leftOut, headScores, rules);
        TaggedTail.@Nullable Scores byTags = rules.reserved() > 0 ? tagged.scores(userFactors) : null;
        int[] reserve = byTags == null ? NOTHING : byTags.best(leftOut, rules);
        return ListBuilder.of(best, reserve, rules).list((item, fromReserve) -> {
            int position = head.position(item);
            if (byTags != null && fromReserve) {
                return new Recommendation(item, byTags.of(item), RecommendationSource.TAGS);
            }
            return position >= 0
                    ? new Recommendation(item, headScores[position], userFactors.source())
                    : byStatistic(item);
        });
    }

    /**
     * Returns the items for places that are not reserved, as many as the list may have. The best of the
     * head come first, then items outside it by c.
     *
     * @param leftOut items that the list may not have, ascending
     */
    private int[] best(int[] leftOut, double[] headScores, ListRules rules) {
        boolean[] own = new boolean[headScores.length];
        for (int item : leftOut) {
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
            if (rules.allows(tail[at]) && Arrays.binarySearch(leftOut, tail[at]) < 0) {
                best[size++] = tail[at];
            }
        }
        return size == best.length ? best : Arrays.copyOf(best, size);
    }

    private Recommendation byStatistic(int item) {
        return new Recommendation(item, TAIL_OFFSET + TAIL_SLOPE * statistic[item], RecommendationSource.POPULAR);
    }

    /**
     * {@inheritDoc} An item outside the head with tags is explained as in a reserved place
     * ({@link Explainer}).
     */
    @Override
    public Explanation explain(int[] history, int item) {
        return explainer.of(history, item, byStatistic(item));
    }

    /** {@inheritDoc} Unlike {@link #explain(int[], int)}, it knows whether the place was a reserved one. */
    @Override
    public Explanation explain(int[] history, Recommendation place) {
        boolean byStatistic = head.position(place.item()) < 0 && place.source() == RecommendationSource.POPULAR;
        return byStatistic ? Explainer.byStatistic(history, byStatistic(place.item())) : explain(history, place.item());
    }

    /** Returns at most k related items, without further rules. */
    public List<Recommendation> related(int item, int k) {
        return related(item, ListRules.ofLength(k));
    }

    @Override
    public List<Recommendation> related(int item, ListRules rules) {
        return related.of(item, rules);
    }

    @Override
    public KnownBy knownBy(int item) {
        return related.knownBy(item);
    }
}

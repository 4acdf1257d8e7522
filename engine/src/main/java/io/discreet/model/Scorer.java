package io.discreet.model;

import io.discreet.gram.Head;
import io.discreet.gram.Spectrum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The scoring kernel, the only one: batch lists, single lists, related items and evaluation all go through it.
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
 * <p>An item outside the head whose tags the head knows has the same formula with the factor that its tags tell ({@link TagFactors}),
 * the weight that its c would give it, and its share of g in the place of its share of p. This score is for the places that {@link
 * ListRules} reserve; elsewhere such an item ranks by c, since scores of the two kinds do not compare: tags tell less, so they are smaller.
 *
 * <p>The projections are folded into one factor when the scorer is made: with R = (I - p p^T) Q, the taste part is
 * R diag(h) R^T f. A person with k items in a head of size m costs (k + m) rank multiply-adds; where places are reserved, also one
 * product a tag and one addition for every tag of an item outside the head.
 *
 * <p>Immutable, and safe to use from several threads; broadcast once in a batch job.
 */
public final class Scorer implements ListMaker<int[]> {
    private static final long serialVersionUID = 1L;

    private static final double RIDGE = .4;
    private static final double WEIGHT_POWER = .5;
    private static final double POPULARITY_WEIGHT = 1e-3;
    /** Scores of items outside the head: below every score inside it, ordered by c. */
    private static final double TAIL_OFFSET = -1e3;

    private static final double TAIL_SLOPE = 1e-9;
    private static final String POPULARITY = "popularity";

    private final Head head;
    private final double[] statistic;
    private final int rank;
    private final double[] factor;
    private final double[] gain;
    private final double[] direction;
    private final double[] popularity;
    private final double[] scoreScale;
    private final int[] tail;
    private final TagFactors tags;
    private final RelatedItems related;
    /** Items outside the head that have a factor, ascending; and their shares of g and what their scores are multiplied by. */
    private final int[] tagged;

    private final double[] taggedPopularity;
    private final double[] taggedScale;

    /**
     * The kernel of a model whose catalogue says nothing, such as a simulated one.
     *
     * @param statistic item statistic c, one value an item of the catalogue
     */
    public Scorer(double[] statistic, Head head, Spectrum spectrum) {
        this(statistic, head, spectrum, null);
    }

    Scorer(double[] statistic, Head head, Spectrum spectrum, @Nullable ItemTags tags) {
        this.head = head;
        this.statistic = statistic;
        this.rank = spectrum.rank();
        this.direction = unitDirection(head);
        this.factor = projected(spectrum.vectors(), direction, rank);
        this.gain = Arrays.stream(spectrum.eigenvalues())
                .map(xi -> xi / (xi + RIDGE * spectrum.bulk()))
                .toArray();
        double[] popular = popularity(statistic, head);
        double popularityNorm =
                Math.max(Math.sqrt(Arrays.stream(popular).map(x -> x * x).sum()), 1e-300);
        this.popularity =
                Arrays.stream(popular).map(value -> value / popularityNorm).toArray();
        this.scoreScale = IntStream.range(0, head.size())
                .mapToDouble(position -> 1 / Math.pow(head.weight(position), WEIGHT_POWER))
                .toArray();
        this.tail = IntStream.range(0, statistic.length)
                .filter(item -> head.position(item) < 0)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -statistic[item]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.tags = tags == null ? TagFactors.none(statistic.length) : TagFactors.fit(tags, head, factor, gain);
        this.related = new RelatedItems(head, factor, gain, this.tags);
        this.tagged = Arrays.stream(tail).filter(this.tags::has).sorted().toArray();
        double[] weights = Arrays.stream(tagged)
                .mapToDouble(item -> Head.Rule.RANKING.weight(statistic[item]))
                .toArray();
        this.taggedPopularity = IntStream.range(0, tagged.length)
                .mapToDouble(at -> weights[at] * Math.max(statistic[tagged[at]], 0) / popularityNorm)
                .toArray();
        this.taggedScale = Arrays.stream(weights)
                .map(weight -> 1 / Math.pow(weight, WEIGHT_POWER))
                .toArray();
    }

    private static double[] unitDirection(Head head) {
        double norm = Math.sqrt(head.directionNorm2());
        return IntStream.range(0, head.size())
                .mapToDouble(position -> norm > 0 ? head.direction(position) / norm : 0)
                .toArray();
    }

    /** (I - p p^T) Q, row-major. */
    private static double[] projected(double[] vectors, double[] p, int rank) {
        double[] along = new double[rank];
        for (int position = 0; position < p.length; position++) {
            for (int component = 0; component < rank; component++) {
                along[component] += p[position] * vectors[position * rank + component];
            }
        }
        double[] result = vectors.clone();
        for (int position = 0; position < p.length; position++) {
            for (int component = 0; component < rank; component++) {
                result[position * rank + component] -= p[position] * along[component];
            }
        }
        return result;
    }

    /** w o max(c, 0) over the head. */
    private static double[] popularity(double[] statistic, Head head) {
        return IntStream.range(0, head.size())
                .mapToDouble(position -> head.weight(position) * Math.max(statistic[head.item(position)], 0))
                .toArray();
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
        return headScores(taste(history));
    }

    /**
     * What a history says: fold-in.
     *
     * @param components diag(h) R^T f
     * @param alongPopularity f.p
     * @param known whether an item of the history is in the head
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Taste(double[] components, double alongPopularity, boolean known) {}

    private Taste taste(int[] history) {
        double[] taste = new double[rank];
        double alongPopularity = 0;
        boolean known = false;
        for (int item : history) {
            int position = head.position(item);
            if (position >= 0) {
                known = true;
                double weight = head.weight(position);
                alongPopularity += weight * direction[position];
                for (int component = 0, at = position * rank; component < rank; component++, at++) {
                    taste[component] += weight * factor[at];
                }
            }
        }
        for (int component = 0; component < rank; component++) {
            taste[component] *= gain[component];
        }
        return new Taste(taste, alongPopularity, known);
    }

    private double[] headScores(Taste taste) {
        double[] scores = new double[head.size()];
        for (int position = 0; position < scores.length; position++) {
            double score = taste.alongPopularity * direction[position] + POPULARITY_WEIGHT * popularity[position];
            for (int component = 0, at = position * rank; component < rank; component++, at++) {
                score += factor[at] * taste.components[component];
            }
            scores[position] = score * scoreScale[position];
        }
        return scores;
    }

    private double tagScore(int at, double[] along, double alongPopularity) {
        return (tags.product(tagged[at], along) + (alongPopularity + POPULARITY_WEIGHT) * taggedPopularity[at])
                * taggedScale[at];
    }

    /** The k best items that are not in the history: {@link #recommend(int[], ListRules)} without further rules. */
    public List<Recommendation> recommend(int[] history, int k) {
        return recommend(history, ListRules.ofLength(k));
    }

    /**
     * The best items that are not in the history, best first; fewer than asked for only where no more are allowed. Reserved places are
     * as in {@link Places}, by what tags say; something is known of a person who has an item in the head.
     *
     * @param history the person's items: distinct catalogue indices, ascending
     */
    @Override
    public List<Recommendation> recommend(int[] history, ListRules rules) {
        Taste taste = taste(history);
        double[] scores = headScores(taste);
        Source source = taste.known ? Source.MODEL : Source.POPULAR;
        boolean[] own = new boolean[scores.length];
        for (int item : history) {
            if (head.position(item) >= 0) {
                own[head.position(item)] = true;
            }
        }
        TopK best = new TopK(Math.min(rules.length(), scores.length));
        for (int position = 0; position < scores.length; position++) {
            int item = head.item(position);
            if (!own[position] && rules.allows(item)) {
                best.offer(scores[position], item);
            }
        }
        IntStream byStatistic =
                Arrays.stream(tail).filter(item -> rules.allows(item) && Arrays.binarySearch(history, item) < 0);
        int[] inOrder = IntStream.concat(Arrays.stream(best.items()), byStatistic)
                .limit(rules.length())
                .toArray();
        double[] along = taste.known && rules.reserved() > 0 ? tags.along(taste.components) : new double[0];
        Places places = Places.of(inOrder, reserve(taste, along, history, rules), rules);
        List<Recommendation> list = new ArrayList<>(places.size());
        for (int place = 0; place < places.size(); place++) {
            int item = places.item(place);
            if (places.isGiven(place)) {
                double score = tagScore(Arrays.binarySearch(tagged, item), along, taste.alongPopularity);
                list.add(new Recommendation(item, score, Source.MODEL));
            } else if (head.position(item) >= 0) {
                list.add(new Recommendation(item, scores[head.position(item)], source));
            } else {
                list.add(byPopularity(item));
            }
        }
        return list;
    }

    private Recommendation byPopularity(int item) {
        return new Recommendation(item, TAIL_OFFSET + TAIL_SLOPE * statistic[item], Source.POPULAR);
    }

    /** Items for reserved places, best first by what their tags say. */
    private int[] reserve(Taste taste, double[] along, int[] history, ListRules rules) {
        if (!taste.known || rules.reserved() == 0) {
            return new int[0];
        }
        TopK best = new TopK(Math.min(rules.length(), tagged.length));
        for (int at = 0; at < tagged.length; at++) {
            if (rules.allows(tagged[at]) && Arrays.binarySearch(history, tagged[at]) < 0) {
                best.offer(tagScore(at, along, taste.alongPopularity), tagged[at]);
            }
        }
        return best.items();
    }

    /**
     * Why an item has its score: as it would have it in a list, an item outside the head with tags as in a reserved place.
     *
     * <p>With r_i the factor of item i and s_i what its score is divided by, an item j of the history adds w_j (r_i diag(h) r_j + p_i
     * p_j) / s_i, which is nothing where j is outside the head. The rest is popularity.
     *
     * @param history the person's items: distinct catalogue indices, ascending
     */
    public Explanation explain(int[] history, int item) {
        Taste taste = taste(history);
        int position = head.position(item);
        if (position >= 0) {
            double[] own = Arrays.copyOfRange(factor, position * rank, (position + 1) * rank);
            return explanation(
                    history,
                    item,
                    headScores(taste)[position],
                    taste.known ? Source.MODEL : Source.POPULAR,
                    own,
                    direction[position],
                    popularity[position],
                    scoreScale[position]);
        }
        int at = Arrays.binarySearch(tagged, item);
        if (taste.known && at >= 0) {
            double score = tagScore(at, tags.along(taste.components), taste.alongPopularity);
            double share = taggedPopularity[at];
            return explanation(history, item, score, Source.MODEL, tags.of(item), share, share, taggedScale[at]);
        }
        return byPopularityAlone(history, item);
    }

    /** Why an item has its place in a list. */
    public Explanation explain(int[] history, Recommendation place) {
        boolean byStatistic = head.position(place.item()) < 0 && place.source() == Source.POPULAR;
        return byStatistic ? byPopularityAlone(history, place.item()) : explain(history, place.item());
    }

    private Explanation byPopularityAlone(int[] history, int item) {
        double score = byPopularity(item).score();
        List<Explanation.Contribution> nothing = Arrays.stream(history)
                .mapToObj(own -> new Explanation.Contribution(own, 0))
                .toList();
        return new Explanation(
                item, score, Source.POPULAR, nothing, List.of(new Explanation.Common(POPULARITY, score)));
    }

    private Explanation explanation(
            int[] history,
            int item,
            double score,
            Source source,
            double[] own,
            double alongDirection,
            double share,
            double scale) {
        List<Explanation.Contribution> parts = Arrays.stream(history)
                .mapToObj(other -> new Explanation.Contribution(
                        other, contribution(head.position(other), own, alongDirection) * scale))
                .toList();
        return new Explanation(
                item,
                score,
                source,
                parts,
                List.of(new Explanation.Common(POPULARITY, POPULARITY_WEIGHT * share * scale)));
    }

    private double contribution(int position, double[] other, double alongDirection) {
        return position < 0
                ? 0
                : head.weight(position) * (kernel(position, other) + direction[position] * alongDirection);
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
    public boolean isToldByTags(int item) {
        return related.isToldByTags(item);
    }

    private double kernel(int position, double[] other) {
        double sum = 0;
        for (int component = 0, at = position * rank; component < rank; component++, at++) {
            sum += factor[at] * gain[component] * other[component];
        }
        return sum;
    }
}

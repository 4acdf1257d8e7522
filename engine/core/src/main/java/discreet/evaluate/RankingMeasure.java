package discreet.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import discreet.catalogue.ListRules;
import discreet.history.HistoryForm;
import discreet.history.UserHistory;
import discreet.model.RankingModel;
import discreet.model.RankingScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures recall and NDCG of a user's list at each cut-off in turn.
 *
 * @param lists rules of the lists, with the length of the deepest cut-off
 * @param cutoffs where lists are cut, ascending and distinct
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RankingMeasure(RankingScorer scorer, ListRules lists, int[] cutoffs) implements Measure<int[]> {
    private static final int MAX_CUTOFFS = 16;

    /**
     * @throws InputException if there are more than {@value #MAX_CUTOFFS} cut-offs
     * @throws IllegalArgumentException if cut-offs are not positive, ascending and distinct, or lists are
     *     shorter than the deepest one
     */
    public RankingMeasure {
        cutoffs = cutoffs.clone();
        if (!Arrays.equals(cutoffs, Arrays.stream(cutoffs).sorted().distinct().toArray())
                || lists.length() < RankingMetrics.deepest(cutoffs)) {
            throw new IllegalArgumentException("Cut-offs must ascend, and lists must be as long as the deepest.");
        }
        if (cutoffs.length > MAX_CUTOFFS) {
            throw new InputException("Cannot evaluate: each of the " + cutoffs.length
                    + " cut-offs adds to the noise of all of them, and " + MAX_CUTOFFS
                    + " is the maximum. Ask for fewer.");
        }
    }

    @Override
    public int[] cutoffs() {
        return cutoffs.clone();
    }

    /**
     * Returns the measure for a model.
     *
     * @param lists public rules of the lists, whose length is set to the deepest cut-off
     * @param cutoffs where lists are cut, at most {@value #MAX_CUTOFFS}
     * @throws InputException if there are more cut-offs
     */
    public static RankingMeasure of(RankingModel model, ListRules lists, int... cutoffs) {
        int[] distinct = Arrays.stream(cutoffs).sorted().distinct().toArray();
        return new RankingMeasure(model.scorer(), lists.withLength(RankingMetrics.deepest(distinct)), distinct);
    }

    @Override
    public int metrics() {
        return 2 * cutoffs.length;
    }

    @Override
    public HistoryForm<int[]> historyForm() {
        return scorer.historyForm();
    }

    @Override
    public double @Nullable [] of(@Nullable UserHistory<int[]> known, UserHistory<int[]> hidden) {
        TestUser user = TestUser.of(known == null ? UserHistory.ofItems() : known, hidden, lists.listSeen());
        if (user.labels().length == 0) {
            return null;
        }
        return values(RankingMetrics.of(ModelRanker.rank(scorer, user.known(), lists), user.labels(), cutoffs));
    }

    /** Returns the metrics as one array, with recall and then NDCG for each cut-off in turn. */
    private static double[] values(List<Metrics> metrics) {
        double[] values = new double[2 * metrics.size()];
        for (int q = 0; q < metrics.size(); q++) {
            values[2 * q] = metrics.get(q).recall();
            values[2 * q + 1] = metrics.get(q).ndcg();
        }
        return values;
    }

    @Override
    public void describe(ObjectNode parameters, Catalogue catalogue) {
        for (int k : cutoffs) {
            parameters.withArray("cutoffs").add(k);
        }
        if (!lists.isPlain()) {
            lists.describe().forEach((name, value) -> {
                if (value instanceof Integer number) {
                    parameters.put(name, number);
                } else {
                    parameters.put(name, value.toString());
                }
            });
            parameters.put("tags", ItemTags.of(catalogue).digest()); // reserved places depend on them
        }
    }

    @Override
    public ReleasedQuality quality(Interval[] means) {
        List<ReleasedQuality.Cut> cuts = new ArrayList<>();
        for (int q = 0; q < cutoffs.length; q++) {
            cuts.add(new ReleasedQuality.Cut(cutoffs[q], means[2 * q], means[2 * q + 1]));
        }
        return new ReleasedQuality(cuts, null);
    }
}

package discreet.evaluate;

import discreet.catalogue.ListRules;
import discreet.model.RankingScorer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures recall and NDCG at each cut-off in turn.
 *
 * @param lists rules of the lists, with the length of the deepest cut-off
 * @param cutoffs where lists are cut, ascending and distinct
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RankingMeasure(RankingScorer scorer, ListRules lists, int[] cutoffs) implements Measure<int[]> {

    @Override
    public int metrics() {
        return 2 * cutoffs.length;
    }

    @Override
    public double @Nullable [] of(int @Nullable [] known, int[] hidden) {
        TestUser user = TestUser.of(known == null ? new int[0] : known, hidden);
        if (user.labels().length == 0) {
            return null;
        }
        return values(RankingMetrics.of(ModelRanker.rank(scorer, user.history(), lists), user.labels(), cutoffs));
    }

    public static double[] values(List<Metrics> metrics) {
        double[] values = new double[2 * metrics.size()];
        for (int q = 0; q < metrics.size(); q++) {
            values[2 * q] = metrics.get(q).recall();
            values[2 * q + 1] = metrics.get(q).ndcg();
        }
        return values;
    }
}

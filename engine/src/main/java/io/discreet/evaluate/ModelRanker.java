package io.discreet.evaluate;

import io.discreet.model.RankingModel;
import io.discreet.model.Recommendation;
import io.discreet.model.Scorer;

/** A released model's lists, through the kernel that makes everybody's. */
public final class ModelRanker implements Ranker {
    private final Scorer scorer;

    public ModelRanker(RankingModel model) {
        this.scorer = model.scorer();
    }

    @Override
    public int[] rank(int[] history, int k) {
        return rank(scorer, history, k);
    }

    static int[] rank(Scorer scorer, int[] history, int k) {
        return scorer.recommend(history, k).stream()
                .mapToInt(Recommendation::item)
                .toArray();
    }
}

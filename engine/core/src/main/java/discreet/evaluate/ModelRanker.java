package discreet.evaluate;

import discreet.catalogue.ListRules;
import discreet.model.RankingModel;
import discreet.model.RankingScorer;
import discreet.model.Recommendation;

/** A released model's lists, through the kernel that makes everybody's. */
public final class ModelRanker implements Ranker {
    private final RankingScorer scorer;
    private final ListRules rules;

    public ModelRanker(RankingModel model) {
        this(model, ListRules.ofLength(0));
    }

    /** @param rules what lists are like; their length is what is asked for each time */
    public ModelRanker(RankingModel model, ListRules rules) {
        this.scorer = model.scorer();
        this.rules = rules;
    }

    @Override
    public int[] rank(int[] history, int k) {
        return rank(scorer, history, rules.withLength(k));
    }

    static int[] rank(RankingScorer scorer, int[] history, ListRules rules) {
        return scorer.recommend(history, rules).stream()
                .mapToInt(Recommendation::item)
                .toArray();
    }
}

package discreet.evaluate;

import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
import discreet.model.RankingModel;
import discreet.model.RankingScorer;
import java.util.Arrays;
import java.util.List;

/**
 * A released model whose catalogue is not that of the people it is measured on, such as one that was found out: items that the model
 * does not know are left out of histories, and it never lists them, so labels among them count as missed.
 */
public final class TranslatedRanker implements Ranker {
    private final RankingScorer scorer;
    private final int[] toModel;
    private final int[] toItems;

    /** @param items ids that histories, labels and lists are indices into; every item of the model is among them */
    public TranslatedRanker(RankingModel model, List<String> items) {
        Catalogue known = model.catalogue();
        this.scorer = model.scorer();
        this.toModel = items.stream().mapToInt(known::indexOf).toArray();
        this.toItems = new int[known.size()];
        for (int item = 0; item < toModel.length; item++) {
            if (toModel[item] >= 0) {
                toItems[toModel[item]] = item;
            }
        }
    }

    @Override
    public int[] rank(int[] history, int k) {
        int[] known = Arrays.stream(history)
                .map(item -> toModel[item])
                .filter(item -> item >= 0)
                .sorted()
                .toArray();
        return Arrays.stream(ModelRanker.rank(scorer, known, ListRules.ofLength(k)))
                .map(item -> toItems[item])
                .toArray();
    }
}

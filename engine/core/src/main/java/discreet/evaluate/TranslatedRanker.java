package discreet.evaluate;

import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
import discreet.history.UserHistory;
import discreet.model.RankingModel;
import discreet.model.RankingScorer;
import java.util.Arrays;
import java.util.List;

/**
 * Ranks by a released model whose catalogue differs from that of the test users, for example because its
 * items were found by private partition selection. Items that are unknown to the model are left out of
 * histories. The model never lists them, so labels among them count as missed.
 */
public final class TranslatedRanker implements Ranker {
    private final RankingScorer scorer;
    private final int[] toModel;
    private final int[] toItems;

    /**
     * @param items ids that histories, labels and lists are indices into, including every item of the model
     */
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
    public int[] rank(UserHistory<int[]> user, int k) {
        UserHistory<int[]> known = new UserHistory<>(translated(user.counted()), translated(user.seen()));
        return Arrays.stream(ModelRanker.rank(scorer, known, ListRules.ofLength(k)))
                .map(item -> toItems[item])
                .toArray();
    }

    private int[] translated(int[] items) {
        return Arrays.stream(items)
                .map(item -> toModel[item])
                .filter(item -> item >= 0)
                .sorted()
                .toArray();
    }
}

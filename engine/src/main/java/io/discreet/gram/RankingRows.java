package io.discreet.gram;

import java.util.Arrays;

/** Ranking: preference 1 for each item of the history, so a value is the item's weight. Items come as distinct catalogue indices. */
record RankingRows(Head head) implements RowDefinition<int[]> {

    @Override
    public Preferences of(int[] history) {
        int[] positions = head.positions(history);
        return new Preferences(
                positions, Arrays.stream(positions).mapToDouble(head::weight).toArray());
    }
}

package discreet.statistics;

/** Ranking: preference 1 for each item of the history, so a value is the item's weight. Items come as distinct catalogue indices. */
record RankingRows(Head head) implements RowDefinition<int[]> {

    @Override
    public Preferences of(int[] history) {
        int[] positions = head.positions(history);
        double[] weights = new double[positions.length];
        for (int x = 0; x < weights.length; x++) {
            weights[x] = head.weight(positions[x]);
        }
        return new Preferences(positions, weights);
    }
}

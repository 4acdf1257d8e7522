package discreet.statistics;

/**
 * Defines the rows of a ranking. Each item of the history has preference 1, so its value is the item's
 * weight. Items come as distinct catalogue indices.
 */
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

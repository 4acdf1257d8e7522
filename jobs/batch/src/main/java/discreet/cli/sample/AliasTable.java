package discreet.cli.sample;

/** Draws an index with probability proportional to its weight, in constant time (Walker 1977, Vose 1991). */
final class AliasTable {
    private final double[] keep;
    private final int[] alias;

    /** @param weights one or more, not negative, with a positive sum */
    AliasTable(double[] weights) {
        int n = weights.length;
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        keep = new double[n];
        alias = new int[n];
        int[] open = new int[n]; // small ones from the left, large ones from the right
        int small = 0;
        int large = n;
        for (int i = 0; i < n; i++) {
            keep[i] = weights[i] / sum * n;
            alias[i] = i;
            open[keep[i] < 1 ? small++ : --large] = i;
        }
        while (small > 0 && large < n) {
            int poor = open[--small];
            int rich = open[large];
            alias[poor] = rich;
            keep[rich] -= 1 - keep[poor];
            if (keep[rich] < 1) {
                large++;
                open[small++] = rich;
            }
        }
        while (small > 0) { // left over by rounding
            keep[open[--small]] = 1;
        }
    }

    int draw(Draws draws) {
        int column = draws.below(keep.length);
        return draws.unit() < keep[column] ? column : alias[column];
    }
}

package discreet.evaluate.baselines;

/**
 * Ranks items by their number of users, in the same order for all users. Use it for public data only. An
 * exact count changes by one with one user, which is all an attacker needs.
 */
public final class Popularity implements Baseline {
    private final double[] counts;

    private Popularity(double[] counts) {
        this.counts = counts;
    }

    /**
     * Counts the users of each item.
     *
     * @param users distinct item indices of each user, all below {@code items}
     */
    public static Popularity fit(Iterable<int[]> users, int items) {
        double[] counts = new double[items];
        for (int[] history : users) {
            for (int item : history) {
                counts[item]++;
            }
        }
        return new Popularity(counts);
    }

    @Override
    public double[] scores(int[] history) {
        return counts.clone();
    }
}

package discreet.evaluate.baselines;

/**
 * Ranks by how many people have an item, the same for everybody. For public data only: an exact count changes by one with one
 * person, and that is all an attacker needs.
 */
public final class Popularity implements Baseline {
    private final double[] counts;

    private Popularity(double[] counts) {
        this.counts = counts;
    }

    /**
     * Counts people.
     *
     * @param people distinct item indices of each person, all below {@code items}
     */
    public static Popularity fit(Iterable<int[]> people, int items) {
        double[] counts = new double[items];
        for (int[] history : people) {
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

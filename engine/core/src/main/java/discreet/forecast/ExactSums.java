package discreet.forecast;

import discreet.statistics.GramSum;
import discreet.statistics.Head;
import discreet.statistics.ItemSum;
import discreet.statistics.RowScale;
import discreet.statistics.UserAggregator;
import java.util.List;

/** The sums of a training over invented people, in memory, by the code that sums real ones. */
record ExactSums(ParallelTasks workers) {

    /** The item statistic, one value an item. */
    double[] statistic(List<int[]> people, int items) {
        long[] sums = sum(new ItemSum(items), people);
        double[] statistic = new double[items];
        for (int item = 0; item < items; item++) {
            statistic[item] = Math.scalb((double) sums[item], -ItemSum.BITS);
        }
        return statistic;
    }

    /** The strict upper triangle over the head, packed, in units of one person's squared row norm. */
    double[] gram(List<int[]> people, Head head, RowScale scale) {
        GramSum<int[]> gram = GramSum.ranking(head, scale);
        long[] exact = gram.finish(sum(gram, people));
        double[] triangle = new double[exact.length];
        for (int at = 0; at < exact.length; at++) {
            triangle[at] = (double) exact[at] / scale.norm2Bound();
        }
        return triangle;
    }

    private long[] sum(UserAggregator<int[]> summand, List<int[]> people) {
        int parts = workers.threads();
        List<long[]> partial = workers.map(parts, part -> {
            UserAggregator.Partial<int[]> sum = summand.start();
            for (int person = part; person < people.size(); person += parts) {
                sum.add(people.get(person));
            }
            return sum.sums();
        });
        long[] total = partial.get(0);
        for (long[] other : partial.subList(1, parts)) {
            for (int at = 0; at < total.length; at++) {
                total[at] += other[at]; // wraps on purpose, as everywhere
            }
        }
        return total;
    }
}

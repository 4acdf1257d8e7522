package discreet.forecast;

import discreet.statistics.ContentBasis;
import discreet.statistics.GramSum;
import discreet.statistics.Head;
import discreet.statistics.ItemSum;
import discreet.statistics.RowScale;
import discreet.statistics.UserAggregator;
import java.util.List;

/** Computes the sums of a training over synthetic users in memory, with the code that sums real ones. */
record ExactSums(ParallelTasks workers) {

    /** Returns the item statistic c, one value per item (users, each weighing 1/sqrt(k)). */
    double[] statistic(List<int[]> users, int items) {
        long[] sums = sum(new ItemSum(items), users);
        double[] statistic = new double[items];
        for (int item = 0; item < items; item++) {
            statistic[item] = Math.scalb((double) sums[item], -ItemSum.BITS);
        }
        return statistic;
    }

    /** Returns the strict upper triangle over the head, packed, in units of one user's squared row norm. */
    double[] gram(List<int[]> users, Head head, RowScale scale) {
        return gram(users, head, scale, ContentBasis.none(head));
    }

    /** Returns the same for rows that lean towards content. */
    double[] gram(List<int[]> users, Head head, RowScale scale, ContentBasis content) {
        GramSum<int[]> gram = GramSum.ranking(head, scale, content);
        long[] exact = gram.finish(sum(gram, users));
        double[] triangle = new double[exact.length];
        for (int at = 0; at < exact.length; at++) {
            triangle[at] = (double) exact[at] / scale.norm2Bound();
        }
        return triangle;
    }

    private long[] sum(UserAggregator<int[]> aggregator, List<int[]> users) {
        int parts = workers.threads();
        List<long[]> partial = workers.map(parts, part -> {
            UserAggregator.Partial<int[]> sum = aggregator.start();
            for (int user = part; user < users.size(); user += parts) {
                sum.add(users.get(user));
            }
            return sum.sums();
        });
        long[] total = partial.get(0);
        for (long[] other : partial.subList(1, parts)) {
            for (int at = 0; at < total.length; at++) {
                total[at] += other[at]; // wraps modulo 2^64 on purpose
            }
        }
        return total;
    }
}

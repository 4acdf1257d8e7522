package discreet.evaluate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reports ranking quality averaged over the users of a hold-out. These figures are exact, so show them for
 * public data only.
 *
 * @param users users with at least one label. Other users count nowhere.
 * @param cuts one entry per cut-off, in the order of the request
 */
public record Evaluation(int users, List<Cut> cuts) {
    /**
     * Users per task. Sums are computed within tasks and then added in order, so results are bit-identical
     * for any number of threads.
     */
    private static final int USERS_PER_TASK = 64;

    public Evaluation {
        cuts = List.copyOf(cuts);
    }

    /**
     * Reports the figures at one cut-off. Recall and NDCG are NaN without users.
     *
     * @param k length at which lists are cut
     * @param recall mean of hits / min(k, labels)
     * @param ndcg mean of the normalised discounted cumulative gain
     * @param coverage share of the catalogue that is in at least one list
     */
    public record Cut(int k, double recall, double ndcg, double coverage) {}

    /** Returns the figures at one of the requested cut-offs. */
    public Cut at(int k) {
        return cuts.stream()
                .filter(cut -> cut.k() == k)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not evaluated at k = " + k));
    }

    /**
     * Ranks items for every user with a label and averages the metrics. Users are read once, in order, with a
     * bounded number in memory.
     *
     * @param items size of the catalogue
     * @param threads number of threads that rank
     * @param cutoffs one or more k, each at least 1
     * @throws RuntimeException if the ranker threw it
     */
    public static Evaluation of(Ranker ranker, Iterable<TestUser> users, int items, int threads, int... cutoffs) {
        int depth = RankingMetrics.deepest(cutoffs);
        Totals total = new Totals(cutoffs, items);
        ExecutorService pool = Executors.newFixedThreadPool(threads, Evaluation::daemon);
        try {
            Queue<Future<Totals>> running = new ArrayDeque<>();
            for (Iterator<TestUser> next = users.iterator(); next.hasNext(); ) {
                List<TestUser> some = take(next, USERS_PER_TASK);
                if (running.size() == 2 * threads) {
                    total.add(result(running.remove()));
                }
                running.add(pool.submit(() -> {
                    Totals totals = new Totals(cutoffs, items);
                    for (TestUser user : some) {
                        totals.add(ranker.rank(user.known(), depth), user.labels());
                    }
                    return totals;
                }));
            }
            while (!running.isEmpty()) {
                total.add(result(running.remove()));
            }
        } finally {
            pool.shutdownNow();
        }
        return total.mean();
    }

    private static List<TestUser> take(Iterator<TestUser> users, int atMost) {
        List<TestUser> some = new ArrayList<>(atMost);
        while (some.size() < atMost && users.hasNext()) {
            TestUser user = users.next();
            if (user.labels().length > 0) {
                some.add(user);
            }
        }
        return some;
    }

    private static Totals result(Future<Totals> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while evaluating", e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "discreet-evaluate");
        thread.setDaemon(true);
        return thread;
    }

    /** Sums over users, with the items listed so far, for each cut-off. */
    private static final class Totals {
        private final int[] cutoffs;
        private final int items;
        private final double[] recall;
        private final double[] ndcg;
        private final BitSet[] listed;
        private int users;

        Totals(int[] cutoffs, int items) {
            this.cutoffs = cutoffs.clone();
            this.items = items;
            this.recall = new double[cutoffs.length];
            this.ndcg = new double[cutoffs.length];
            this.listed = new BitSet[cutoffs.length];
            Arrays.setAll(listed, q -> new BitSet(items));
        }

        void add(int[] ranked, int[] labels) {
            users++;
            List<Metrics> metrics = RankingMetrics.of(ranked, labels, cutoffs);
            for (int q = 0; q < cutoffs.length; q++) {
                recall[q] += metrics.get(q).recall();
                ndcg[q] += metrics.get(q).ndcg();
                for (int r = 0; r < Math.min(cutoffs[q], ranked.length); r++) {
                    listed[q].set(ranked[r]);
                }
            }
        }

        void add(Totals other) {
            users += other.users;
            for (int q = 0; q < cutoffs.length; q++) {
                recall[q] += other.recall[q];
                ndcg[q] += other.ndcg[q];
                listed[q].or(other.listed[q]);
            }
        }

        Evaluation mean() {
            List<Cut> cuts = new ArrayList<>(cutoffs.length);
            for (int q = 0; q < cutoffs.length; q++) {
                double coverage = items == 0 ? 0 : (double) listed[q].cardinality() / items;
                cuts.add(new Cut(cutoffs[q], recall[q] / users, ndcg[q] / users, coverage));
            }
            return new Evaluation(users, cuts);
        }
    }
}

package discreet.spark.evaluate;

import discreet.evaluate.Measure;
import discreet.evaluate.MetricSum;
import discreet.history.UserHistory;
import discreet.plan.EvaluationShares;
import discreet.statistics.UserAggregator;
import java.util.Arrays;
import org.apache.spark.api.java.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Sums both vectors of an evaluation in one pass over users whose hidden items come first, beside the known
 * ones. The sums of {@link MetricSum} come first, and the number of test people last.
 *
 * <p>A test person has both a known item and a hidden item that counts. So nobody is one if the ids of items
 * do not match the catalogue, or if the ids of users differ between the two sides. A user without known items
 * adds to the metrics alone.
 *
 * @param <H> one side of a user's rows
 */
record EvaluationSum<H>(Broadcast<Measure<H>> measure, MetricSum metrics)
        implements UserAggregator<Tuple2<UserHistory<H>, Optional<UserHistory<H>>>> {
    private static final long ONE = 1L << EvaluationShares.PEOPLE_BITS;

    @Override
    public int length() {
        return metrics.length() + 1;
    }

    @Override
    public Partial<Tuple2<UserHistory<H>, Optional<UserHistory<H>>>> start() {
        return new Sums<>(measure.value(), metrics, new long[length()]);
    }

    /** Returns the part of the sums that is the vector of metrics. */
    static long[] metrics(long[] sums) {
        return Arrays.copyOf(sums, sums.length - 1);
    }

    /** Returns the part of the sums that is the number of test people. */
    static long[] testPeople(long[] sums) {
        return new long[] {sums[sums.length - 1]};
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sums<H>(Measure<H> measure, MetricSum metrics, long[] sums)
            implements UserAggregator.Partial<Tuple2<UserHistory<H>, Optional<UserHistory<H>>>> {
        @Override
        public void add(Tuple2<UserHistory<H>, Optional<UserHistory<H>>> sides) {
            UserHistory<H> known = sides._2().orNull();
            double[] values = measure.of(known, sides._1());
            if (values != null) {
                metrics.add(sums, values);
                sums[sums.length - 1] += hasItems(known) ? ONE : 0;
            }
        }

        private boolean hasItems(@Nullable UserHistory<H> known) {
            return known != null && measure.historyForm().items(known.counted()).length > 0;
        }
    }
}

package discreet.statistics;

import java.io.Serializable;

/**
 * What is summed over people: how long the sum is, and how one task adds people up. Additions wrap modulo 2^64.
 *
 * @param <P> one person's data: distinct catalogue indices, or a {@link discreet.history.RatedHistory}
 */
public interface UserAggregator<P> extends Serializable {
    /** Number of longs in the sum. */
    int length();

    /** An empty partial sum; one a task, not for several threads. */
    Partial<P> start();

    /** The sum over the people of one task. */
    interface Partial<P> {
        /** Adds a person. */
        void add(P person);

        /** The sum so far, of length {@link UserAggregator#length}. */
        long[] sums();
    }
}

package discreet.statistics;

import java.io.Serializable;

/**
 * Defines a sum over users by its length and by what one user adds to it. Additions wrap modulo 2^64.
 *
 * @param <P> one user's data, either distinct catalogue indices or a {@link discreet.history.RatedHistory}
 */
public interface UserAggregator<P> extends Serializable {
    /** Returns the number of longs in the sum. */
    int length();

    /** Returns an empty partial sum. Each task needs one of its own, because it is not thread-safe. */
    Partial<P> start();

    /** Accumulates the sum over the users of one task. */
    interface Partial<P> {
        /** Adds one user's contribution. */
        void add(P user);

        /** Returns the sum so far, of length {@link UserAggregator#length}. */
        long[] sums();
    }
}

package io.discreet.train;

import java.io.Serializable;

/** What is summed over people: how long the sum is, and how one task adds people up. */
interface Summand extends Serializable {
    /** Number of longs in the sum. */
    int length();

    /** An empty partial sum. */
    Partial start();

    /** The sum over the people of one task. Additions wrap modulo 2^64. */
    interface Partial {
        void add(int[] history);

        /** The sum so far, of length {@link Summand#length}. */
        long[] sums();
    }
}

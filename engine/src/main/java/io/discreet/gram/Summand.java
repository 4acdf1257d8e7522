package io.discreet.gram;

import java.io.Serializable;

/** What is summed over people: how long the sum is, and how one task adds people up. Additions wrap modulo 2^64. */
public interface Summand extends Serializable {
    /** Number of longs in the sum. */
    int length();

    /** An empty partial sum; one a task, not for several threads. */
    Partial start();

    /** The sum over the people of one task. */
    interface Partial {
        /** Adds a person, given as distinct catalogue indices. */
        void add(int[] history);

        /** The sum so far, of length {@link Summand#length}. */
        long[] sums();
    }
}

package discreet.evaluate.movielens;

import java.util.Random;

/** Shuffles arrays by the algorithm of Fisher and Yates. */
final class Shuffle {
    private Shuffle() {}

    /** Shuffles the values in place. */
    static void of(int[] values, Random random) {
        for (int q = values.length - 1; q > 0; q--) {
            int other = random.nextInt(q + 1);
            int value = values[q];
            values[q] = values[other];
            values[other] = value;
        }
    }
}

package io.discreet.train;

import io.discreet.gram.GramSum;

/** {@link GramSum} as something to sum over people. */
record GramSummand(GramSum gram) implements Summand {
    @Override
    public int length() {
        return gram.partialLength();
    }

    @Override
    public Partial start() {
        GramSum.Partial partial = gram.start();
        return new Partial() {
            @Override
            public void add(int[] history) {
                partial.add(history);
            }

            @Override
            public long[] sums() {
                return partial.sums();
            }
        };
    }
}

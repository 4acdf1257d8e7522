package io.discreet.ledger;

import java.util.Map;

/**
 * Exact sums by a key, over private rows, that have not been released. Which keys there are, and how many, is as private as the
 * sums: all of it is readable inside this package alone.
 */
public final class ExactMap {

    private final Map<String, Long> sums;

    private ExactMap(Map<String, Long> sums) {
        this.sums = sums;
    }

    /** Takes {@code sums} over without copying: the caller must not use the map again. */
    public static ExactMap of(Map<String, Long> sums) {
        return new ExactMap(sums);
    }

    Map<String, Long> sums() {
        return sums;
    }

    /** Not even how many: that would be a release. */
    @Override
    public String toString() {
        return "ExactMap";
    }
}

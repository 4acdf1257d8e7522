package discreet.spark.check;

import discreet.history.RatingParser;
import discreet.spark.ratings.RatingObserver;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows, before anything is left out.
 *
 * <p><b>Memory:</b> a bit for each item of the catalogue, at most {@value #MAX_IDS} ids that are not in the
 * catalogue, and at most {@value #MAX_VALUES} values of ratings.
 */
final class RowCounts implements Parts.Sum<RowCounts> {
    private static final long serialVersionUID = 1;
    static final int MAX_IDS = 50_000;
    static final int MAX_VALUES = 64;

    private long rows;
    private long withoutUser;
    private long withoutItem;
    private long unlisted;
    private long usable;
    private long unrated;
    private long untimed;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private final BitSet listed = new BitSet();
    private final Map<String, Long> unlistedIds = new HashMap<>();
    private boolean hasMoreIds;
    private final TreeMap<Double, Long> values = new TreeMap<>();
    private boolean hasMoreValues;

    /** Counts a row ({@link RatingObserver.Task#see}). */
    void see(boolean hasUser, int item, @Nullable String id, double rating, long time) {
        rows++;
        if (!Double.isNaN(rating)) {
            lowest = Math.min(lowest, rating);
            highest = Math.max(highest, rating);
            addValue(rating, 1);
        }
        if (time == RatingParser.OLDEST) {
            untimed++;
        } else {
            first = Math.min(first, time);
            last = Math.max(last, time);
        }
        if (item != RatingObserver.ABSENT) {
            listed.set(item);
        } else if (id != null) {
            addId(id, 1);
        }
        if (!hasUser) {
            withoutUser++;
        } else if (item == RatingObserver.ABSENT) {
            withoutItem += id == null ? 1 : 0;
            unlisted += id == null ? 0 : 1;
        } else {
            usable++;
            unrated += Double.isNaN(rating) ? 1 : 0;
        }
    }

    private void addValue(double value, long count) {
        if (values.size() < MAX_VALUES || values.containsKey(value)) {
            values.merge(value, count, Long::sum);
        } else {
            hasMoreValues = true;
        }
    }

    private void addId(String id, long count) {
        if (unlistedIds.size() < MAX_IDS || unlistedIds.containsKey(id)) {
            unlistedIds.merge(id, count, Long::sum);
        } else {
            hasMoreIds = true;
        }
    }

    /** Adds the counts of other rows. */
    @Override
    public void add(RowCounts other) {
        rows += other.rows;
        withoutUser += other.withoutUser;
        withoutItem += other.withoutItem;
        unlisted += other.unlisted;
        usable += other.usable;
        unrated += other.unrated;
        untimed += other.untimed;
        lowest = Math.min(lowest, other.lowest);
        highest = Math.max(highest, other.highest);
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        listed.or(other.listed);
        other.unlistedIds.forEach(this::addId);
        hasMoreIds |= other.hasMoreIds;
        other.values.forEach(this::addValue);
        hasMoreValues |= other.hasMoreValues;
    }

    long rows() {
        return rows;
    }

    long withoutUser() {
        return withoutUser;
    }

    long withoutItem() {
        return withoutItem;
    }

    long unlisted() {
        return unlisted;
    }

    /** Returns the number of rows with a user and an item of the catalogue. */
    long usable() {
        return usable;
    }

    /** Returns the number of those rows without a usable rating. */
    long unrated() {
        return unrated;
    }

    long untimed() {
        return untimed;
    }

    double lowest() {
        return lowest;
    }

    double highest() {
        return highest;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    BitSet listed() {
        return listed;
    }

    Map<String, Long> unlistedIds() {
        return unlistedIds;
    }

    boolean hasMoreIds() {
        return hasMoreIds;
    }

    /** Returns the number of rows of each rating, or an empty map if there are too many ratings. */
    Map<Double, Long> values() {
        return hasMoreValues ? Map.of() : values;
    }
}

package discreet.history;

import discreet.catalogue.Catalogue;
import java.util.Arrays;

/**
 * Selects the most recent items of one user, up to a limit, with a heap of that size and the oldest item on
 * top. Among items of the same time, those with the lower {@link Catalogue#publicOrder} count as more recent.
 * The offered items must be distinct. The selection does not depend on the order of the offers.
 */
final class MostRecentItems {
    private final Catalogue catalogue;
    private final int limit;
    private int[] items = new int[16];
    private long[] times = new long[16];
    private int size;

    MostRecentItems(Catalogue catalogue, int limit) {
        this.catalogue = catalogue;
        this.limit = limit;
    }

    /** Removes all items, for reuse with the next user. */
    void clear() {
        size = 0;
    }

    /**
     * Keeps an item if it is among the most recent so far.
     *
     * @param time in milliseconds since 1970, or {@link RatingParser#OLDEST}
     */
    void offer(int item, long time) {
        if (size < limit) {
            if (size == items.length) {
                items = Arrays.copyOf(items, 2 * size);
                times = Arrays.copyOf(times, 2 * size);
            }
            siftUp(size++, item, time);
        } else if (older(items[0], times[0], item, time)) {
            siftDown(item, time);
        }
    }

    /** Returns the selected items, ascending. */
    int[] sorted() {
        int[] sorted = Arrays.copyOf(items, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private boolean older(int item, long time, int than, long thanTime) {
        return time != thanTime ? time < thanTime : catalogue.publicOrder(item) > catalogue.publicOrder(than);
    }

    private void siftUp(int from, int item, long time) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!older(item, time, items[parent], times[parent])) {
                break;
            }
            items[at] = items[parent];
            times[at] = times[parent];
            at = parent;
        }
        items[at] = item;
        times[at] = time;
    }

    /** Replaces the oldest item. */
    private void siftDown(int item, long time) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && older(items[child + 1], times[child + 1], items[child], times[child])) {
                child++;
            }
            if (!older(items[child], times[child], item, time)) {
                break;
            }
            items[at] = items[child];
            times[at] = times[child];
            at = child;
        }
        items[at] = item;
        times[at] = time;
    }
}

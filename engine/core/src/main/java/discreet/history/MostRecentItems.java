package discreet.history;

import discreet.catalogue.Catalogue;
import java.util.Arrays;

/**
 * The most recent items of one person, at most a given number of them: a heap of that size with the oldest on top. Of two
 * items of one time, the one with the lower {@link Catalogue#publicOrder} counts as more recent. The items offered must be
 * distinct; which ones are kept does not depend on the order in which they are offered.
 */
final class MostRecentItems {
    private final Catalogue catalogue;
    private final int most;
    private int[] items = new int[16];
    private long[] times = new long[16];
    private int size;

    MostRecentItems(Catalogue catalogue, int most) {
        this.catalogue = catalogue;
        this.most = most;
    }

    void clear() {
        size = 0;
    }

    void offer(int item, long time) {
        if (size < most) {
            if (size == items.length) {
                items = Arrays.copyOf(items, 2 * size);
                times = Arrays.copyOf(times, 2 * size);
            }
            siftUp(size++, item, time);
        } else if (older(items[0], times[0], item, time)) {
            siftDown(item, time);
        }
    }

    /** The items kept, ascending. */
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

    /** Puts an item in the place of the oldest. */
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

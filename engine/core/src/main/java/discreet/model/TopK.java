package discreet.model;

import java.util.Arrays;

/**
 * The k best items by score, by a bounded min-heap of keys: n log k at worst, one comparison for most. Scores are compared on a grid of
 * 1e-6, ties by item index, so that every way of computing them gives one order (docs/decisions/008).
 */
final class TopK {
    private static final double TIE = 1e-6;
    private static final long GRID_LIMIT = 1L << 30;

    private final long[] heap;
    private int size;
    /** Scores below it are not among the best, which one comparison tells. */
    private double floor = Double.NEGATIVE_INFINITY;

    TopK(int k) {
        this.heap = new long[k];
    }

    /** @param item 0 or more, offered once */
    void offer(double score, int item) {
        if (score < floor) { // false for NaN
            return;
        }
        offer(key(score, item));
        if (size == heap.length && size > 0) {
            floor = floor(heap[0]);
        }
    }

    /**
     * A score that nothing as good as {@code least} is below. One place of the grid lower than its own: whatever is below that is rounded
     * to a lower place even where multiplication and division round against each other, since they do by less than half of one. At the
     * end of the grid, where all scores tie, there is none.
     */
    private static double floor(long least) {
        long grid = least >> 32;
        return grid == -GRID_LIMIT ? Double.NEGATIVE_INFINITY : (grid - 1) * TIE;
    }

    /** Larger for better: the score's place on the grid in the upper half, the item in the lower, small items first. */
    private static long key(double score, int item) {
        long grid = Math.max(-GRID_LIMIT, Math.min(GRID_LIMIT, Math.round(score / TIE)));
        return (grid << 32) | (Integer.MAX_VALUE - item);
    }

    /** @param key distinct from all others */
    void offer(long key) {
        if (size < heap.length) {
            int at = size++;
            while (at > 0 && heap[(at - 1) / 2] > key) {
                heap[at] = heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }
            heap[at] = key;
        } else if (heap.length > 0 && key > heap[0]) {
            int at = 0;
            int child = 1;
            while (child < size) {
                if (child + 1 < size && heap[child + 1] < heap[child]) {
                    child++;
                }
                if (heap[child] >= key) {
                    break;
                }
                heap[at] = heap[child];
                at = child;
                child = 2 * at + 1;
            }
            heap[at] = key;
        }
    }

    /** The items kept, best first. */
    int[] items() {
        return Arrays.stream(decreasing())
                .mapToInt(key -> Integer.MAX_VALUE - (int) key)
                .toArray();
    }

    /** The keys kept, largest first. */
    long[] decreasing() {
        long[] sorted = Arrays.copyOf(heap, size);
        Arrays.sort(sorted);
        for (int low = 0, high = size - 1; low < high; low++, high--) {
            long swap = sorted[low];
            sorted[low] = sorted[high];
            sorted[high] = swap;
        }
        return sorted;
    }
}

package discreet.model;

import java.util.Arrays;

/**
 * Selects the k best items by score with a bounded min-heap of keys. It takes n log k steps at worst, and
 * one comparison for most items. Scores are compared on a grid of 1e-6 with ties broken by item index, so
 * that every way of computing them gives one order (docs/decisions/008).
 */
final class TopK {
    private static final double TIE = 1e-6;
    private static final long GRID_LIMIT = 1L << 30;

    private final long[] heap;
    private int size;
    /** Scores below this are not among the best, and are rejected by one comparison. */
    private double floor = Double.NEGATIVE_INFINITY;

    TopK(int k) {
        this.heap = new long[k];
    }

    /** @param item at least 0, offered once */
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
     * Returns a bound such that every score below it has a key below {@code least}. The bound is one grid
     * step below the score of {@code least}. Anything lower is rounded to a lower step, even if
     * multiplication and division round in opposite directions, since together they err by less than half a
     * step. At the end of the grid all scores tie, so there is no bound.
     */
    private static double floor(long least) {
        long grid = least >> 32;
        return grid == -GRID_LIMIT ? Double.NEGATIVE_INFINITY : (grid - 1) * TIE;
    }

    /**
     * Returns a key that is larger for better items. The upper half is the score's step on the grid. The
     * lower half orders ties by item, small indices first.
     */
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

    /** Returns the items kept, best first. */
    int[] items() {
        return Arrays.stream(decreasing())
                .mapToInt(key -> Integer.MAX_VALUE - (int) key)
                .toArray();
    }

    /** Returns the keys kept, largest first. */
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

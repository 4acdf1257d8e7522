package io.discreet.model;

import java.util.Arrays;

/** The k largest of a stream of distinct longs, by a bounded min-heap: n log k at worst, one comparison for most. */
final class TopK {
    private final long[] heap;
    private int size;

    TopK(int k) {
        this.heap = new long[k];
    }

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

    /** The items whose {@link Scorer#sortKey} was kept, best first. */
    int[] items() {
        return Arrays.stream(decreasing()).mapToInt(Scorer::itemOf).toArray();
    }

    /** What was kept, largest first. */
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

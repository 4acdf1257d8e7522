package discreet.evaluate.baselines;

import java.util.BitSet;

/** Selects the best k of a vector of scores with a bounded heap, in one pass and k log k for the order. */
final class BestScores {
    private final double[] scores;
    private final int[] heap; // the worst of the items in the heap at the root
    private int size;

    private BestScores(double[] scores, int k) {
        this.scores = scores;
        this.heap = new int[k];
    }

    /**
     * Returns the indices of the k largest scores outside {@code excluded}, decreasing. Equal scores are
     * ordered by index.
     */
    static int[] of(double[] scores, int[] excluded, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1. Provided value: " + k);
        }
        BitSet out = new BitSet(scores.length);
        for (int item : excluded) {
            out.set(item);
        }
        BestScores top = new BestScores(scores, Math.min(k, scores.length));
        for (int item = out.nextClearBit(0); item < scores.length; item = out.nextClearBit(item + 1)) {
            top.offer(item);
        }
        int[] ranked = new int[top.size];
        for (int r = ranked.length - 1; r >= 0; r--) {
            ranked[r] = top.removeWorst();
        }
        return ranked;
    }

    private boolean worse(int a, int b) {
        int order = Double.compare(scores[a], scores[b]);
        return order < 0 || (order == 0 && a > b);
    }

    private void offer(int item) {
        if (size < heap.length) {
            int at = size++;
            while (at > 0 && worse(item, heap[(at - 1) / 2])) {
                heap[at] = heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }
            heap[at] = item;
        } else if (worse(heap[0], item)) {
            sink(item);
        }
    }

    private int removeWorst() {
        int worst = heap[0];
        sink(heap[--size]);
        return worst;
    }

    /** Puts an item in the root's place and moves it down to its position. */
    private void sink(int item) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && worse(heap[child + 1], heap[child])) {
                child++;
            }
            if (!worse(heap[child], item)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = item;
    }
}

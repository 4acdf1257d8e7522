package discreet.forecast;

import java.util.Arrays;

/** Selects the indices of the k largest values by quickselect. */
final class TopIndices {
    private TopIndices() {}

    /**
     * Returns the indices of the k largest values in ascending order. Among equal values at the border,
     * smaller indices win.
     *
     * @param k from 1 to the number of values
     * @param scratch as long as {@code values}, and overwritten
     */
    static int[] of(float[] values, int k, float[] scratch) {
        System.arraycopy(values, 0, scratch, 0, values.length);
        float border = descending(scratch, k - 1);
        int[] chosen = new int[k];
        int above = 0;
        for (float value : values) {
            above += value > border ? 1 : 0;
        }
        int atBorder = k - above;
        int size = 0;
        for (int index = 0; index < values.length && size < k; index++) {
            if (values[index] > border || (values[index] == border && atBorder-- > 0)) {
                chosen[size++] = index;
            }
        }
        return size == k ? chosen : Arrays.copyOf(chosen, size);
    }

    /** Returns the value at a rank of the decreasing order. */
    private static float descending(float[] values, int place) {
        int low = 0;
        int high = values.length - 1;
        while (low < high) {
            float pivot = values[(low + high) >>> 1];
            int left = low;
            int right = high;
            while (left <= right) {
                while (values[left] > pivot) {
                    left++;
                }
                while (values[right] < pivot) {
                    right--;
                }
                if (left <= right) {
                    float swap = values[left];
                    values[left++] = values[right];
                    values[right--] = swap;
                }
            }
            if (place <= right) {
                high = right;
            } else if (place >= left) {
                low = left;
            } else {
                break;
            }
        }
        return values[place];
    }
}

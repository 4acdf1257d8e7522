package discreet.history;

import java.util.Arrays;

/**
 * Packs rows (item, time, rating) of one user into bytes for the shuffle, about nine bytes per row instead of
 * sixty.
 *
 * <p>A row holds the difference of the item from the one before, the difference of the time from the one
 * before (zigzag), and the bits of the rating from the last byte to the first, which makes common ratings
 * short. Each of these is written with seven bits per byte, the lowest first, and the sign bit set if more
 * follow. Differences wrap modulo 2^64, so every time and every rating is restored exactly.
 */
public final class PackedRows {
    private static final int MAX_NUMBER_BYTES = 10;

    private byte[] bytes = new byte[1024];
    private int length;
    private int item;
    private long time;

    /** Removes all rows, for reuse with the next user. */
    public void clear() {
        length = 0;
        item = 0;
        time = 0;
    }

    /**
     * Packs one row. Rows are short if items ascend.
     *
     * @param item catalogue index
     * @param time in milliseconds since 1970, or {@link RatingParser#OLDEST}
     */
    public void add(int item, long time, double rating) {
        if (length + 3 * MAX_NUMBER_BYTES > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        write(item - this.item);
        long later = time - this.time;
        write((later << 1) ^ (later >> 63));
        write(Long.reverseBytes(Double.doubleToRawLongBits(rating)));
        this.item = item;
        this.time = time;
    }

    /** Returns a copy of the packed rows, which a {@link Reader} reads. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void write(long number) {
        long left = number;
        while ((left & ~0x7FL) != 0) {
            bytes[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
    }

    /** Reads packed rows in their order. */
    public static final class Reader {
        private final byte[] bytes;
        private int at;
        private int item;
        private long time;
        private double rating;

        public Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        /**
         * Advances to the next row. Values from the previous one become invalid.
         *
         * @return false after the last row
         */
        public boolean next() {
            if (at == bytes.length) {
                return false;
            }
            item += (int) read();
            long zigzag = read();
            time += (zigzag >>> 1) ^ -(zigzag & 1);
            rating = Double.longBitsToDouble(Long.reverseBytes(read()));
            return true;
        }

        public int item() {
            return item;
        }

        public long time() {
            return time;
        }

        public double rating() {
            return rating;
        }

        private long read() {
            byte next = bytes[at++];
            long number = next & 0x7F;
            for (int shift = 7; next < 0; shift += 7) {
                next = bytes[at++];
                number |= (next & 0x7FL) << shift;
            }
            return number;
        }
    }
}

package discreet.history;

import java.util.Arrays;

/**
 * Rows (item, time, rating) of one person as bytes: what crosses the shuffle, some nine bytes a row instead of sixty.
 *
 * <p>Row after row: the item as difference from the one before, the time as difference from the one before (zigzag), the rating's bits from
 * the last byte to the first (a short number is short then); each as seven bits a byte, the lowest first, the sign bit set where more follow.
 * Differences wrap modulo 2^64, so every time and every rating comes back as it was.
 */
public final class PackedRows {
    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[1024];
    private int length;
    private int item;
    private long time;

    public void clear() {
        length = 0;
        item = 0;
        time = 0;
    }

    public void add(int item, long time, double rating) {
        if (length + 3 * LONGEST_NUMBER > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        write(item - this.item);
        long later = time - this.time;
        write((later << 1) ^ (later >> 63));
        write(Long.reverseBytes(Double.doubleToRawLongBits(rating)));
        this.item = item;
        this.time = time;
    }

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

    /** Reads them again, in their order. */
    public static final class Reader {
        private final byte[] bytes;
        private int at;
        private int item;
        private long time;
        private double rating;

        public Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Goes to the next row, if there is one. */
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

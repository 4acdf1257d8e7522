package discreet.spark.ratings;

import discreet.history.PackedRows;
import discreet.history.UserRows;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.array.ByteArrayMethods;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Before the shuffle: ratings, as a {@link RatingCursor} has them, become rows (user, {@link discreet.history.PackedRows}), few of them and small. What {@link
 * PersonRows} says of duplicates is why those that meet here can be resolved here.
 *
 * <p>A chunk of ratings is taken in at a time, in arrays, then sorted by person (counting) and item. What comes out is a function of the ratings
 * and their order, but what {@link UserIterator} makes of it is not of the order. <b>Memory:</b> 32 bytes a rating of a chunk of at most 2^20, and
 * users' ids of at most 16 MiB or one id, with 12 to 24 bytes beside each; nothing of it grows with the data. A packed row has at most {@value #MOST_ITEMS} items.
 */
final class RowPacker implements Iterator<Row> {
    /** Whose ratings count at all, by the id alone; travels to tasks. */
    interface Wanted extends Predicate<String>, Serializable {}

    /** The most items in one packed row: whatever sorts them has room for them. */
    static final int MOST_ITEMS = 1 << 12;

    /** The number of a user where there is none. */
    private static final int NOBODY = -1;

    static final int MOST_ROWS = 1 << 20;
    private static final int MOST_TEXT = 1 << 24;

    private final RatingCursor cursor;
    private final boolean everybody;
    private final int mostRows;
    private final PackedRows packed = new PackedRows();

    private int[] owners = new int[1 << 10];
    private int[] items = new int[1 << 10];
    private long[] times = new long[1 << 10];
    private double[] ratings = new double[1 << 10];
    private int size;
    private final Users users;

    /** Item and row, by person. */
    private long[] order = new long[0];
    /** Where each person's rows end in it. */
    private int[] ends = new int[0];

    private int person;
    private int at;
    private boolean exhausted;

    /**
     * @param everybody whether people without any row on the catalogue come out, too
     * @param wanted people of whom nothing comes out where it says no
     * @param mostRows of a chunk: {@link #MOST_ROWS}, or less in tests
     */
    RowPacker(RatingCursor ratings, boolean everybody, Wanted wanted, int mostRows) {
        this.cursor = ratings;
        this.everybody = everybody;
        this.users = new Users(wanted);
        this.mostRows = mostRows;
    }

    @Override
    public boolean hasNext() {
        while (true) {
            for (; person < users.size; person++) {
                if (at < ends[person] || (everybody && !users.isUnwanted(person))) {
                    return true;
                }
            }
            if (exhausted) {
                return false;
            }
            take();
            sort();
        }
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        byte[] user = users.id(person);
        packed.clear();
        int end = ends[person];
        for (int added = 0; at < end && added < MOST_ITEMS; added++) {
            int item = (int) (order[at] >>> Integer.SIZE);
            int best = (int) order[at++];
            for (; at < end && (int) (order[at] >>> Integer.SIZE) == item; at++) {
                int row = (int) order[at];
                if (UserRows.counts(times[row], ratings[row], times[best], ratings[best])) {
                    best = row;
                }
            }
            packed.add(item, times[best], ratings[best]);
        }
        if (at == end) {
            person++;
        }
        return RowFactory.create(user, packed.toBytes());
    }

    /** Takes in a chunk. */
    private void take() {
        size = 0;
        users.clear();
        int owner = NOBODY;
        while (size < mostRows && users.length < MOST_TEXT) {
            if (!cursor.next()) {
                exhausted = true;
                break;
            }
            double rating = cursor.rating();
            int item = Double.isNaN(rating) ? Histories.ABSENT : cursor.item();
            if (item == Histories.ABSENT && !everybody) {
                owner = NOBODY; // not looked at
                continue;
            }
            if (owner == NOBODY || !cursor.isSameUser()) {
                owner = users.of(cursor.user());
            }
            if (owner != NOBODY && item != Histories.ABSENT && !users.isUnwanted(owner)) {
                add(owner, item, cursor.time(), rating);
            }
        }
    }

    private void add(int owner, int item, long time, double rating) {
        if (size == items.length) {
            owners = Arrays.copyOf(owners, 2 * size);
            items = Arrays.copyOf(items, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
            ratings = Arrays.copyOf(ratings, 2 * size);
        }
        owners[size] = owner;
        items[size] = item;
        times[size] = time;
        ratings[size] = rating;
        size++;
    }

    private void sort() {
        if (order.length < size) {
            order = new long[items.length];
        }
        if (ends.length < users.size) {
            ends = new int[users.ends.length];
        }
        Arrays.fill(ends, 0, users.size, 0);
        for (int row = 0; row < size; row++) {
            ends[owners[row]]++;
        }
        int start = 0;
        for (int user = 0; user < users.size; user++) {
            int count = ends[user];
            ends[user] = start;
            start += count;
        }
        for (int row = 0; row < size; row++) {
            order[ends[owners[row]]++] = (long) items[row] << Integer.SIZE | row;
        }
        for (int user = 0; user < users.size; user++) {
            Arrays.sort(order, user == 0 ? 0 : ends[user - 1], ends[user]);
        }
        person = 0;
        at = 0;
    }

    /** The users of a chunk, numbered as they come: ids one behind the other, and open addressing, at most half full. */
    private static final class Users {
        private byte[] text = new byte[1 << 10];
        private int length;
        private int[] ends = new int[1 << 6];
        private int[] slots = new int[1 << 7];
        private int size;
        private int last;
        private final Wanted wanted;
        private final BitSet unwanted = new BitSet();

        Users(Wanted wanted) {
            this.wanted = wanted;
        }

        void clear() {
            unwanted.clear();
            Arrays.fill(slots, 0);
            length = 0;
            size = 0;
            last = 0;
        }

        byte[] id(int user) {
            return Arrays.copyOfRange(text, start(user), ends[user]);
        }

        private int start(int user) {
            return user == 0 ? 0 : ends[user - 1];
        }

        boolean isUnwanted(int user) {
            return unwanted.get(user);
        }

        /** The number of a user, who gets one where there is none yet. Often it is the user before. */
        int of(@Nullable UTF8String id) {
            if (id == null || id.numBytes() == 0) {
                return NOBODY;
            }
            if (size == 0 || !is(last, id)) {
                last = find(id);
            }
            return last;
        }

        private boolean is(int user, UTF8String id) {
            int start = start(user);
            int bytes = ends[user] - start;
            return bytes == id.numBytes()
                    && ByteArrayMethods.arrayEquals(
                            id.getBaseObject(), id.getBaseOffset(), text, Platform.BYTE_ARRAY_OFFSET + start, bytes);
        }

        private int find(UTF8String id) {
            int slot = id.hashCode() & (slots.length - 1);
            for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
                if (is(slots[slot] - 1, id)) {
                    return slots[slot] - 1;
                }
            }
            if (!id.isValid()) {
                return find(id.makeValid());
            }
            slots[slot] = size + 1;
            append(id);
            unwanted.set(size - 1, !wanted.test(id.toString()));
            return size - 1;
        }

        private void append(UTF8String id) {
            int bytes = id.numBytes();
            if (text.length - length < bytes) {
                text = Arrays.copyOf(text, Math.max(length + bytes, 2 * text.length));
            }
            id.writeToMemory(text, Platform.BYTE_ARRAY_OFFSET + length);
            length += bytes;
            ends[size++] = length;
            if (size == ends.length) {
                ends = Arrays.copyOf(ends, 2 * size);
                slots = new int[2 * slots.length];
                for (int user = 0; user < size; user++) {
                    int start = start(user);
                    int slot = UTF8String.fromBytes(text, start, ends[user] - start)
                                    .hashCode()
                            & (slots.length - 1);
                    while (slots[slot] != 0) {
                        slot = (slot + 1) & (slots.length - 1);
                    }
                    slots[slot] = user + 1;
                }
            }
        }
    }
}

package discreet.spark.ratings;

import discreet.files.IdLimit;
import discreet.history.PackedRows;
import discreet.history.RatingParser;
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
 * Packs ratings into few and small rows before the shuffle. It turns the ratings of a {@link RatingCursor}
 * into rows (user, {@link discreet.history.PackedRows}). Duplicates may be resolved before the shuffle
 * because the winner is the maximum of a total order (see {@link UserRows}).
 *
 * <p>Ratings are read in chunks, into arrays, and sorted by user (a counting sort) and item. The packed rows
 * are a function of the ratings and their order. The histories that {@link UserIterator} makes of the packed
 * rows do not depend on that order.
 *
 * <p><b>Memory:</b> 32 bytes for each rating of a chunk, which has at most 2^20 ratings. User ids take at
 * most 16 MiB, plus 12 to 24 bytes for each id. Memory does not grow with
 * the data. A packed row has at most {@value #MAX_ITEMS} items.
 */
final class RowPacker implements Iterator<Row> {
    /** Selects users by their id alone. Sent to tasks. */
    interface UserFilter extends Predicate<String>, Serializable {}

    /** The most items in one packed row, so that a sort of packed rows has room for each. */
    static final int MAX_ITEMS = 1 << 12;

    /** Stands for the user of a rating without a user id. */
    private static final int NO_USER = -1;

    static final int MAX_ROWS = 1 << 20;
    private static final int MAX_TEXT = 1 << 24;
    private static final UTF8String REPLACEMENT = UTF8String.fromString("\uFFFD");

    private final RatingCursor cursor;
    private final boolean keepEmpty;
    private final int maxRows;
    private final PackedRows packed = new PackedRows();

    private int[] owners = new int[1 << 10];
    private int[] items = new int[1 << 10];
    private long[] times = new long[1 << 10];
    private double[] ratings = new double[1 << 10];
    private int size;
    private final Users users;

    /** Item (high bits) and row (low bits) of each rating, sorted by user and item. */
    private long[] order = new long[0];
    /** End of each user's ratings in {@code order}. */
    private int[] ends = new int[0];

    private int current;
    private int at;
    private boolean exhausted;

    /**
     * Creates a packer.
     *
     * @param keepEmpty whether users without any row on the catalogue appear too, and items without a usable
     *     rating as {@link UserRows#UNRATED}. This is for scoring alone
     * @param filter users whose ratings are packed, while all others are absent
     * @param maxRows ratings in a chunk, {@link #MAX_ROWS} or fewer in tests
     */
    RowPacker(RatingCursor ratings, boolean keepEmpty, UserFilter filter, int maxRows) {
        this.cursor = ratings;
        this.keepEmpty = keepEmpty;
        this.users = new Users(filter);
        this.maxRows = maxRows;
    }

    /** Returns whether an id of a user counts as one ({@link RatingParser#isWhole}). */
    static boolean isUsable(UTF8String id) {
        return id.numBytes() > 0 && id.numBytes() <= IdLimit.MAX_BYTES && id.isValid() && !id.contains(REPLACEMENT);
    }

    @Override
    public boolean hasNext() {
        while (true) {
            for (; current < users.size; current++) {
                if (at < ends[current] || (keepEmpty && !users.isExcluded(current))) {
                    return true;
                }
            }
            if (exhausted) {
                return false;
            }
            readChunk();
            sort();
        }
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        byte[] user = users.id(current);
        packed.clear();
        int end = ends[current];
        for (int added = 0; at < end && added < MAX_ITEMS; added++) {
            int item = (int) (order[at] >>> Integer.SIZE);
            int best = (int) order[at++];
            for (; at < end && (int) (order[at] >>> Integer.SIZE) == item; at++) {
                int row = (int) order[at];
                if (UserRows.replaces(times[row], ratings[row], times[best], ratings[best])) {
                    best = row;
                }
            }
            packed.add(item, times[best], ratings[best]);
        }
        if (at == end) {
            current++;
        }
        return RowFactory.create(user, packed.toBytes());
    }

    /** Reads the next chunk. */
    private void readChunk() {
        size = 0;
        users.clear();
        int owner = NO_USER;
        while (size < maxRows && users.length < MAX_TEXT) {
            if (!cursor.next()) {
                exhausted = true;
                break;
            }
            double rating = cursor.rating();
            boolean unrated = Double.isNaN(rating);
            int item = unrated && !keepEmpty ? Histories.ABSENT : cursor.item();
            if (item == Histories.ABSENT && !keepEmpty) {
                owner = NO_USER; // the user id of this rating was not read
                continue;
            }
            if (owner == NO_USER || !cursor.isSameUser()) {
                owner = users.of(cursor.user());
            }
            if (owner != NO_USER && item != Histories.ABSENT && !users.isExcluded(owner)) {
                add(owner, item, unrated ? RatingParser.OLDEST : cursor.time(), unrated ? UserRows.UNRATED : rating);
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
        current = 0;
        at = 0;
    }

    /**
     * Numbers the users of a chunk in the order of their first rating. Ids are stored one behind the other
     * and found by open addressing in a table that is at most half full.
     */
    private static final class Users {
        private byte[] text = new byte[1 << 10];
        private int length;
        private int[] ends = new int[1 << 6];
        private int[] slots = new int[1 << 7];
        private int size;
        private int last;
        private final UserFilter filter;
        private final BitSet excluded = new BitSet();

        Users(UserFilter filter) {
            this.filter = filter;
        }

        void clear() {
            excluded.clear();
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

        boolean isExcluded(int user) {
            return excluded.get(user);
        }

        /**
         * Returns the number of a user and assigns one to a new user. Checks the previous user first, since
         * ratings of one user often follow each other.
         */
        int of(@Nullable UTF8String id) {
            if (id == null || id.numBytes() == 0 || id.numBytes() > IdLimit.MAX_BYTES) {
                return NO_USER;
            }
            if (size > 0 && is(last, id)) {
                return last;
            }
            int user = find(id);
            last = user == NO_USER ? last : user;
            return user;
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
            if (!isUsable(id)) {
                return NO_USER;
            }
            slots[slot] = size + 1;
            append(id);
            excluded.set(size - 1, !filter.test(id.toString()));
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

package discreet.spark.ratings;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.catalogue.Catalogue;
import discreet.files.IdLimit;
import java.io.Serializable;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.array.ByteArrayMethods;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Looks up item ids in the form in which Spark's rows hold them, as UTF-8 in memory. It returns the same as
 * {@link Catalogue#indexOf} for every id that a row can have, without decoding text or allocating, because a
 * lookup happens for every rating. Bytes that are not UTF-8 are no item's id.
 *
 * <p>Immutable and thread-safe. It is serialised as its catalogue, and the table is built on first use.
 */
final class ItemIndex implements Serializable {
    private static final long serialVersionUID = 1;

    private final Catalogue catalogue;
    private transient volatile @Nullable Table table;

    ItemIndex(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Returns the table for lookups, to be fetched once by each task. */
    Table table() {
        Table known = table;
        if (known == null) {
            known = Table.of(catalogue);
            table = known;
        }
        return known;
    }

    /**
     * Looks ids up in a hash table with open addressing, at most half full. A slot is two adjacent longs,
     * which share a cache line. The first long holds the first eight bytes of an id. The second holds the
     * id's length (bits 32 and up) and the item's index + 1 (bits 0 to 31, with 0 for a free slot). Ids of up
     * to eight bytes, which most catalogues have, are compared by these two longs alone.
     *
     * @param slots the slots
     * @param text all ids in UTF-8, one behind the other
     * @param ends end of each id in {@code text}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Table(long[] slots, byte[] text, int[] ends) {
        private static final int PREFIX = Long.BYTES;
        private static final long ITEM = (1L << Integer.SIZE) - 1;
        /**
         * 2^64 divided by the golden ratio, which spreads ids over the high bits of a product (Knuth, volume
         * 3, 6.4). Applied twice, since ids share most of their letters.
         */
        private static final long SPREAD = 0x9E3779B97F4A7C15L;

        private static Table of(Catalogue catalogue) {
            int size = catalogue.size();
            byte[][] ids = new byte[size][];
            int[] ends = new int[size];
            int length = 0;
            for (int item = 0; item < size; item++) {
                ids[item] = catalogue.id(item).getBytes(UTF_8);
                length = Math.addExact(length, ids[item].length);
                ends[item] = length;
            }
            byte[] text = new byte[length];
            Table table = new Table(new long[Integer.highestOneBit(Math.max(1, size)) * 8], text, ends);
            for (int item = 0; item < size; item++) {
                System.arraycopy(ids[item], 0, text, ends[item] - ids[item].length, ids[item].length);
                // Text that UTF-8 cannot hold would be found as another text. Rows never have such an id.
                if (new String(ids[item], UTF_8).equals(catalogue.id(item))) {
                    table.put(UTF8String.fromBytes(ids[item]), item);
                }
            }
            return table;
        }

        private void put(UTF8String id, int item) {
            long prefix = prefix(id);
            int slot = slot(id, prefix);
            while (slots[slot + 1] != 0) {
                slot = after(slot);
            }
            slots[slot] = prefix;
            slots[slot + 1] = (long) id.numBytes() << Integer.SIZE | (item + 1);
        }

        /**
         * Returns the index of the item with this id, or {@link Histories#ABSENT} if the catalogue has none.
         */
        int of(UTF8String id) {
            if (id.numBytes() > IdLimit.MAX_BYTES) {
                return Histories.ABSENT; // as no item has such an id, this only saves time
            }
            long prefix = prefix(id);
            int length = id.numBytes();
            for (int slot = slot(id, prefix); slots[slot + 1] != 0; slot = after(slot)) {
                if (slots[slot] == prefix && slots[slot + 1] >>> Integer.SIZE == length) {
                    int item = (int) (slots[slot + 1] & ITEM) - 1;
                    if (length <= PREFIX || isRest(id, item)) {
                        return item;
                    }
                }
            }
            return Histories.ABSENT;
        }

        /** Compares the rest of an id with an item's id of the same prefix and length. */
        private boolean isRest(UTF8String id, int item) {
            int rest = id.numBytes() - PREFIX;
            return ByteArrayMethods.arrayEquals(
                    id.getBaseObject(),
                    id.getBaseOffset() + PREFIX,
                    text,
                    Platform.BYTE_ARRAY_OFFSET + ends[item] - rest,
                    rest);
        }

        /**
         * Returns the first eight bytes and reads none behind a shorter id. {@link UTF8String#getPrefix}
         * reads further, which is safe only within Spark's rows.
         */
        private static long prefix(UTF8String id) {
            int length = id.numBytes();
            if (length >= PREFIX) {
                return Platform.getLong(id.getBaseObject(), id.getBaseOffset());
            }
            long prefix = 0;
            for (int i = 0; i < length; i++) {
                prefix = prefix << Byte.SIZE | (id.getByte(i) & 0xFF);
            }
            return prefix;
        }

        private int slot(UTF8String id, long prefix) {
            long spread = (id.numBytes() <= PREFIX ? prefix : id.hashCode()) * SPREAD;
            spread = (spread ^ spread >>> Integer.SIZE) * SPREAD;
            return (int) (spread >>> Integer.numberOfLeadingZeros(slots.length) + Integer.SIZE + 1) & -2;
        }

        private int after(int slot) {
            return (slot + 2) & (slots.length - 2);
        }
    }
}

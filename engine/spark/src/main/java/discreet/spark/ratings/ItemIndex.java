package discreet.spark.ratings;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.catalogue.Catalogue;
import java.io.Serializable;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.array.ByteArrayMethods;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * {@link Catalogue#indexOf} for ids as Spark's rows hold them, UTF-8 in memory: no text is decoded and nothing is allocated to look one up,
 * which is done once a rating. Ids must be valid UTF-8, and then equal bytes are equal text.
 *
 * <p>Immutable and safe for many threads. It travels as its catalogue and is built where it is first used.
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

    /** The table to look up in; to be asked for once a task. */
    Table table() {
        Table known = table;
        if (known == null) {
            known = Table.of(catalogue);
            table = known;
        }
        return known;
    }

    /**
     * Open addressing, at most half full. A slot is two longs, side by side so that they come into the cache together: the first eight bytes of
     * an id, and its length (bits 32 and up) with the item + 1 (below; 0 for a free slot). Ids of up to eight
     * bytes, which most catalogues have, are compared by these alone.
     *
     * @param slots the slots
     * @param text ids in UTF-8, one behind the other
     * @param ends where each id ends in it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Table(long[] slots, byte[] text, int[] ends) {
        private static final int PREFIX = Long.BYTES;
        private static final long ITEM = (1L << Integer.SIZE) - 1;
        /** 2^64 over the golden ratio: spreads ids over the high bits of a product (Knuth, volume 3, 6.4); twice, as ids are alike in most letters. */
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
                // Text that UTF-8 cannot hold would be found as another text. No row has such an id.
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

        /** The index of the item with this id, or {@link Histories#ABSENT} where the catalogue has none. */
        int of(UTF8String id) {
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

        /** The same for an id of which nothing is known: bytes that are not UTF-8 are read as Spark would mend them. */
        int ofAny(UTF8String id) {
            int item = of(id);
            return item == Histories.ABSENT && !id.isValid() ? of(id.makeValid()) : item;
        }

        /** Whether an id that begins like an item's, and is as long, is that item's. */
        private boolean isRest(UTF8String id, int item) {
            int rest = id.numBytes() - PREFIX;
            return ByteArrayMethods.arrayEquals(
                    id.getBaseObject(),
                    id.getBaseOffset() + PREFIX,
                    text,
                    Platform.BYTE_ARRAY_OFFSET + ends[item] - rest,
                    rest);
        }

        /** Reads no byte behind the id: {@link UTF8String#getPrefix} does, and only in Spark's rows is there always one. */
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

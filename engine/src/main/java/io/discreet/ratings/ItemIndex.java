package io.discreet.ratings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.discreet.model.Catalogue;
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
     * All ids one behind the other.
     *
     * @param text ids in UTF-8
     * @param ends where each id ends in it
     * @param slots open addressing by {@link UTF8String#hashCode}, at most half full: index + 1, or 0 for a free slot
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Table(byte[] text, int[] ends, int[] slots) {

        private static Table of(Catalogue catalogue) {
            int size = catalogue.size();
            byte[][] ids = new byte[size][];
            int[] ends = new int[size];
            int[] slots = new int[Integer.highestOneBit(Math.max(1, size)) * 4];
            int length = 0;
            for (int item = 0; item < size; item++) {
                ids[item] = catalogue.id(item).getBytes(UTF_8);
                length = Math.addExact(length, ids[item].length);
                ends[item] = length;
            }
            byte[] text = new byte[length];
            for (int item = 0; item < size; item++) {
                System.arraycopy(ids[item], 0, text, ends[item] - ids[item].length, ids[item].length);
                // Text that UTF-8 cannot hold would be found as another text. No row has such an id.
                if (new String(ids[item], UTF_8).equals(catalogue.id(item))) {
                    int slot = slot(UTF8String.fromBytes(ids[item]), slots.length);
                    while (slots[slot] != 0) {
                        slot = (slot + 1) & (slots.length - 1);
                    }
                    slots[slot] = item + 1;
                }
            }
            return new Table(text, ends, slots);
        }

        /** The index of the item with this id, or {@link Histories#ABSENT} where the catalogue has none. */
        int of(UTF8String id) {
            int length = id.numBytes();
            for (int slot = slot(id, slots.length); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
                int item = slots[slot] - 1;
                int start = item == 0 ? 0 : ends[item - 1];
                if (ends[item] - start == length
                        && ByteArrayMethods.arrayEquals(
                                id.getBaseObject(),
                                id.getBaseOffset(),
                                text,
                                Platform.BYTE_ARRAY_OFFSET + start,
                                length)) {
                    return item;
                }
            }
            return Histories.ABSENT;
        }

        private static int slot(UTF8String id, int slots) {
            return id.hashCode() & (slots - 1);
        }
    }
}

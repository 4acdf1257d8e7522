package discreet.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.InputException;
import discreet.files.IdLimit;
import discreet.files.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the items that can be rated and recommended. They are public, fixed before any rating is read, sorted
 * by id ({@link String#compareTo}) and distinct. Inside the engine an index, {@code 0 <= index < size()},
 * identifies an item. Ids appear only where data comes in and lists go out.
 *
 * <p>The class is immutable and thread-safe. It is serialised as one block of bytes, which is unpacked on
 * first use.
 */
public final class Catalogue implements Serializable {
    private static final long serialVersionUID = 1;

    /** Characters of a long id that an error shows. */
    private static final int SHOWN = 40;

    /**
     * The items in order, with strings as length and UTF-8. Only this field is serialised, by any serialiser
     * that Spark uses.
     */
    private final byte[] bytes;

    private transient volatile @Nullable Index index;

    private Catalogue(Index index) {
        this.index = index;
        this.bytes = index.toBytes();
    }

    private Index index() {
        Index known = index;
        if (known == null) {
            known = Index.fromBytes(bytes);
            index = known;
        }
        return known;
    }

    /**
     * Creates the catalogue of these items. The first of several items with the same id counts.
     *
     * @throws InputException if an id holds U+FFFD or is too long ({@link IdLimit}). Such ids of ratings
     *     count as missing
     */
    public static Catalogue of(Collection<Item> items) {
        Map<String, Item> byId = new TreeMap<>();
        for (Item item : items) {
            if (!IdLimit.admits(item.id())) {
                throw new InputException(
                        "Cannot use the catalogue: the item id '" + item.id().substring(0, SHOWN)
                                + "...' has more than 1,024 bytes, and ratings with such an id are left out. Shorten"
                                + " it, in the ratings as well.");
            }
            if (item.id().indexOf('\uFFFD') >= 0) {
                throw new InputException("Cannot use the catalogue: the item id '" + item.id() + "' holds U+FFFD, which"
                        + " stands for text that was not decoded. Convert the catalogue from its own encoding.");
            }
            byId.putIfAbsent(item.id(), item);
        }
        Item[] sorted = byId.values().toArray(new Item[0]);
        return new Catalogue(Index.of(sorted, publicRanks(sorted)));
    }

    /**
     * Returns the union with an older catalogue. For an item in both, this catalogue's description counts.
     */
    public Catalogue with(Catalogue older) {
        List<Item> all = new ArrayList<>(items());
        all.addAll(older.items());
        return of(all);
    }

    public int size() {
        return index().items.length;
    }

    public Item item(int index) {
        return index().items[index];
    }

    public String id(int index) {
        return index().items[index].id();
    }

    /** Returns all items in order of index. */
    public List<Item> items() {
        return List.of(index().items);
    }

    /** Returns the index of the item with this id, or -1 if there is none. */
    public int indexOf(String id) {
        return index().of(id);
    }

    /**
     * Returns the rank of an item, from 0 and unique, in the order of a public hash of its id. The hash is
     * the first eight bytes of SHA-256 over the id in UTF-8 as an unsigned number, with ties by index. This
     * order decides every choice among rows that time does not order. The choice thus depends neither on the
     * order of the rows nor on the alphabet, and no user's data influences it.
     */
    public int publicOrder(int index) {
        return index().publicOrder[index];
    }

    /**
     * Returns the SHA-256 (hexadecimal) over the ids in order, each as its length in UTF-8 (four bytes, big
     * endian) and its bytes. Catalogues with the same digest give every item the same index.
     */
    public String digest() {
        MessageDigest sha = Sha256.digest();
        for (Item item : index().items) {
            byte[] id = item.id().getBytes(UTF_8);
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(id.length).array());
            sha.update(id);
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    /**
     * Returns the hash behind {@link #publicOrder}, for an id that need not be in any catalogue. Smaller
     * hashes come first, and equal ones are ordered by id. The signed result orders like the unsigned hash.
     */
    public static long publicHash(String id) {
        return publicHash(Sha256.digest(), id);
    }

    private static long publicHash(MessageDigest sha, String id) {
        // Flipping the sign bit makes signed comparison order unsigned numbers.
        return ByteBuffer.wrap(sha.digest(id.getBytes(UTF_8))).getLong() ^ Long.MIN_VALUE;
    }

    private static int[] publicRanks(Item[] sorted) {
        MessageDigest sha = Sha256.digest();
        long[] hashes = new long[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            hashes[i] = publicHash(sha, sorted[i].id());
        }
        int[] byHash = IntStream.range(0, sorted.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> hashes[i]).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] ranks = new int[sorted.length];
        for (int rank = 0; rank < byHash.length; rank++) {
            ranks[byHash[rank]] = rank;
        }
        return ranks;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Catalogue that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Catalogue of " + size() + " items";
    }

    /**
     * Finds items by index and by id.
     *
     * @param slots open addressing by {@link String#hashCode}, at most half full, with index + 1 or 0 for a
     *     free slot
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Index(Item[] items, int[] slots, int[] publicOrder) {

        static Index of(Item[] sorted, int[] publicOrder) {
            int[] slots = new int[Integer.highestOneBit(Math.max(1, sorted.length)) * 4];
            for (int i = 0; i < sorted.length; i++) {
                int slot = spread(sorted[i].id(), slots.length);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = i + 1;
            }
            return new Index(sorted, slots, publicOrder);
        }

        int of(String id) {
            for (int slot = spread(id, slots.length); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
                int index = slots[slot] - 1;
                if (items[index].id().equals(id)) {
                    return index;
                }
            }
            return -1;
        }

        private static int spread(String id, int slots) {
            int hash = id.hashCode() * 0x9E3779B9;
            return (hash ^ (hash >>> 16)) & (slots - 1);
        }

        byte[] toBytes() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(items.length * 32);
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeInt(items.length);
                for (int i = 0; i < items.length; i++) {
                    Item item = items[i];
                    write(out, item.id());
                    out.writeInt(publicOrder[i]);
                    out.writeBoolean(item.title() != null);
                    if (item.title() != null) {
                        write(out, item.title());
                    }
                    out.writeInt(item.genres().size());
                    for (String genre : item.genres()) {
                        write(out, genre);
                    }
                    out.writeInt(item.metadata().size());
                    for (Map.Entry<String, String> entry : item.metadata().entrySet()) {
                        write(out, entry.getKey());
                        write(out, entry.getValue());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        static Index fromBytes(byte[] bytes) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                Item[] items = new Item[in.readInt()];
                int[] publicOrder = new int[items.length];
                for (int i = 0; i < items.length; i++) {
                    String id = read(in);
                    publicOrder[i] = in.readInt();
                    String title = in.readBoolean() ? read(in) : null;
                    List<String> genres = new ArrayList<>();
                    for (int left = in.readInt(); left > 0; left--) {
                        genres.add(read(in));
                    }
                    Map<String, String> metadata = new TreeMap<>();
                    for (int left = in.readInt(); left > 0; left--) {
                        String key = read(in);
                        metadata.put(key, read(in));
                    }
                    items[i] = new Item(id, title, genres, metadata);
                }
                return of(items, publicOrder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void write(DataOutputStream out, String text) throws IOException {
            byte[] bytes = text.getBytes(UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        private static String read(DataInputStream in) throws IOException {
            return new String(in.readNBytes(in.readInt()), UTF_8);
        }
    }
}

package discreet.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.RunException;
import discreet.files.Sha256;
import discreet.ledger.Store.NewFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes and reads the file of a sealed vector in the store. The file says itself what it is, in this layout.
 *
 * <pre>
 * 8 bytes    DISCSEAL
 * 4 bytes    version of the layout: 1, or 2 with keys
 * 4 bytes    length of the header in bytes
 * header     canonical JSON in UTF-8 of {@link SealedHeader}, with the number of values as its length
 * values     8 bytes each, two's complement
 * keys       only in version 2, one for each value: its number of UTF-16 units (4 bytes), then these units
 *            (2 bytes each)
 * </pre>
 *
 * <p>Nothing follows. Numbers are little-endian. Only the ledger can say whether a file is the one that was
 * sealed, so readers bring the size and the SHA-256 of the whole file. Keys are UTF-16, so that every Java
 * string comes back unchanged.
 */
final class SealedFile {

    private static final byte[] MAGIC = "DISCSEAL".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int VERSION_WITH_KEYS = 2;
    private static final int PREFIX_BYTES = MAGIC.length + 2 * Integer.BYTES;
    private static final int BUFFER_BYTES = 1 << 16;

    private SealedFile() {}

    /** Identifies the content of a file, as the ledger keeps it. */
    record Digest(String sha256, long bytes) {
        /**
         * Returns what a SEAL row says about its file.
         *
         * @throws IllegalArgumentException if its body is not JSON
         */
        static Digest of(LedgerRow seal) {
            JsonNode body = CanonicalJson.read(seal.body());
            return new Digest(body.path("sha256").asText(), body.path("bytes").longValue());
        }
    }

    /** Returns how large the file of a vector will be, to the byte. */
    static long bytes(SealedHeader header) {
        return PREFIX_BYTES + (long) json(header).length + (long) header.length() * Long.BYTES;
    }

    private static byte[] json(SealedHeader header) {
        return header.toJson().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes all of a new file. {@link NewFile#finish} then syncs it to disk. */
    static Digest write(NewFile file, Released released) {
        byte[] json = json(released.header());
        Writer writer = new Writer(file);
        writer.room(PREFIX_BYTES)
                .put(MAGIC)
                .putInt(released.hasKeys() ? VERSION_WITH_KEYS : VERSION)
                .putInt(json.length);
        writer.write(json);
        for (long value : released.sealed()) {
            writer.room(Long.BYTES).putLong(value);
        }
        for (String key : released.keys()) {
            writer.room(Integer.BYTES).putInt(key.length());
            for (int unit = 0; unit < key.length(); unit++) {
                writer.room(Character.BYTES).putChar(key.charAt(unit));
            }
        }
        return writer.finish();
    }

    /** Counts and digests the bytes of a file, and writes them in large pieces. */
    private static final class Writer {
        private final NewFile file;
        private final MessageDigest digest = Sha256.digest();
        private final ByteBuffer chunk = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        private long bytes;

        Writer(NewFile file) {
            this.file = file;
        }

        /** Returns a buffer with room for so many bytes. */
        ByteBuffer room(int size) {
            if (chunk.remaining() < size) {
                flush();
            }
            return chunk;
        }

        void write(byte[] array) {
            flush();
            send(ByteBuffer.wrap(array));
        }

        private void flush() {
            send(chunk.flip());
            chunk.clear();
        }

        private void send(ByteBuffer buffer) {
            bytes += buffer.remaining();
            digest.update(buffer.duplicate());
            file.write(buffer);
        }

        Digest finish() {
            flush();
            return new Digest(HexFormat.of().formatHex(digest.digest()), bytes);
        }
    }

    /**
     * Checks that a file is the one that was sealed.
     *
     * @throws RunException unless the file is, to the byte, the one that was sealed
     */
    static void check(Store store, String file, Digest sealed) {
        String place = store.place(file);
        try (InputStream in = store.open(file)) {
            MessageDigest digest = Sha256.digest();
            // Most files are small, and there may be tens of thousands, so the buffer is no larger than the
            // file.
            byte[] chunk = new byte[(int) Math.min(BUFFER_BYTES, Math.max(1, sealed.bytes() + 1))];
            long bytes = 0;
            for (int read = in.read(chunk); read >= 0 && bytes <= sealed.bytes(); read = in.read(chunk)) {
                digest.update(chunk, 0, read);
                bytes += read;
            }
            requireSealed(place, sealed, digest, bytes);
        } catch (IOException e) {
            throw unreadable(place, e);
        }
    }

    /**
     * Reads the released values in a file.
     *
     * @throws RunException unless the file is, to the byte, the one that was sealed, and says so itself
     */
    static Released read(Store store, String file, Digest sealed) {
        String place = store.place(file);
        try (InputStream in = store.open(file)) {
            // Sizes come from the file, so they are bounded by what the ledger says before anything is
            // allocated.
            if (sealed.bytes() < PREFIX_BYTES) {
                throw notSealed(place);
            }
            MessageDigest digest = Sha256.digest();
            ByteBuffer prefix = read(in, digest, PREFIX_BYTES, place);
            byte[] magic = new byte[MAGIC.length];
            prefix.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw notSealed(place);
            }
            int version = prefix.getInt();
            if (version != VERSION && version != VERSION_WITH_KEYS) {
                throw new RunException(
                        "Cannot read " + place + ": its layout is of a newer version. Use a newer program.");
            }
            int headerBytes = prefix.getInt();
            if (headerBytes < 0 || headerBytes > sealed.bytes() - PREFIX_BYTES) {
                throw notSealed(place);
            }
            byte[] json = new byte[headerBytes];
            read(in, digest, headerBytes, place).get(json);
            SealedHeader header = SealedHeader.fromJson(new String(json, StandardCharsets.UTF_8));
            boolean hasKeys = version == VERSION_WITH_KEYS;
            long keyBytes = sealed.bytes() - PREFIX_BYTES - headerBytes - (long) header.length() * Long.BYTES;
            if (header.length() < 0 || (hasKeys ? keyBytes < (long) header.length() * Integer.BYTES : keyBytes != 0)) {
                throw notSealed(place);
            }
            long[] values = new long[header.length()];
            int done = 0;
            while (done < values.length) {
                int count = Math.min(values.length - done, BUFFER_BYTES / Long.BYTES);
                read(in, digest, count * Long.BYTES, place).asLongBuffer().get(values, done, count);
                done += count;
            }
            List<String> keys = hasKeys ? keys(in, digest, values.length, keyBytes, place) : null;
            requireSealed(place, sealed, digest, in.read() < 0 ? sealed.bytes() : sealed.bytes() + 1);
            return keys == null ? Released.vector(header, values) : Released.map(header, keys, values);
        } catch (IOException e) {
            throw unreadable(place, e);
        } catch (IllegalArgumentException e) {
            throw notSealed(place);
        }
    }

    /** @param bytes how many bytes the keys have together, so that no key is believed to be longer */
    private static List<String> keys(InputStream in, MessageDigest digest, int count, long bytes, String place)
            throws IOException {
        List<String> keys = new ArrayList<>(count);
        long left = bytes;
        for (int key = 0; key < count; key++) {
            long units = read(in, digest, Integer.BYTES, place).getInt();
            left -= Integer.BYTES + units * Character.BYTES;
            if (units < 0 || units > Integer.MAX_VALUE / Character.BYTES || left < 0) {
                throw notSealed(place);
            }
            keys.add(read(in, digest, (int) units * Character.BYTES, place)
                    .asCharBuffer()
                    .toString());
        }
        if (left != 0) {
            throw notSealed(place);
        }
        return keys;
    }

    private static ByteBuffer read(InputStream in, MessageDigest digest, int bytes, String place) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw notSealed(place);
        }
        digest.update(read);
        return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireSealed(String file, Digest sealed, MessageDigest digest, long bytes) {
        if (bytes != sealed.bytes()
                || !HexFormat.of().formatHex(digest.digest()).equals(sealed.sha256())) {
            throw notSealed(file);
        }
    }

    private static RunException unreadable(String file, IOException e) {
        String why = e instanceof NoSuchFileException || e instanceof FileNotFoundException
                ? "it is missing"
                : "its disk or file system reports an error";
        return new RunException("Cannot read " + file + ": " + why + ". " + RESTORE, e);
    }

    private static RunException notSealed(String file) {
        return new RunException(
                "Cannot read " + file + ": it is not the file that was sealed (its digest differs). " + RESTORE);
    }

    private static final String RESTORE =
            "Restore it from a copy, or drop the release: it is never drawn again, and a new release under another id"
                    + " is charged.";
}

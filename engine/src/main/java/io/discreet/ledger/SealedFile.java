package io.discreet.ledger;

import io.discreet.privacy.RunException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A sealed vector on disk, which says itself what it is:
 *
 * <pre>
 * 8 bytes    DISCSEAL
 * 4 bytes    version of the layout, 1
 * 4 bytes    length of the header in bytes
 * header     canonical JSON in UTF-8, see {@link SealedHeader}; its {@code length} is the number of values
 * values     8 bytes each, two's complement
 * </pre>
 *
 * and nothing after. Numbers are little-endian. Whether a file is the one that was sealed is the ledger's to say: readers
 * come with the size and the SHA-256 of the whole file.
 */
final class SealedFile {

    private static final byte[] MAGIC = "DISCSEAL".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int PREFIX_BYTES = MAGIC.length + 2 * Integer.BYTES;
    private static final int BUFFER_BYTES = 1 << 16;

    private SealedFile() {}

    /** What the ledger keeps of a file. */
    record Digest(String sha256, long bytes) {}

    /** Writes a new file; {@link #sync} makes it last. */
    static Digest write(Path file, SealedHeader header, long[] values) {
        byte[] json = header.toJson().getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = Sha256.digest();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer head = buffer(PREFIX_BYTES + json.length);
            head.put(MAGIC).putInt(VERSION).putInt(json.length).put(json);
            write(channel, digest, head);
            ByteBuffer chunk = buffer(BUFFER_BYTES);
            for (long value : values) {
                if (!chunk.hasRemaining()) {
                    write(channel, digest, chunk);
                }
                chunk.putLong(value);
            }
            write(channel, digest, chunk);
            return new Digest(HexFormat.of().formatHex(digest.digest()), channel.size());
        } catch (IOException e) {
            throw new RunException("Cannot write " + file + ". Check the space and the permissions of the store.", e);
        }
    }

    private static void write(FileChannel channel, MessageDigest digest, ByteBuffer buffer) throws IOException {
        buffer.flip();
        digest.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    static void sync(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw new RunException("Cannot write " + file + ": it cannot be synced. Check the store's disk.", e);
        }
    }

    /** @throws RunException unless the file is, to the byte, the one that was sealed */
    static void check(Path file, Digest sealed) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MessageDigest digest = Sha256.digest();
            ByteBuffer chunk = buffer(BUFFER_BYTES);
            while (channel.read(chunk) >= 0) {
                chunk.flip();
                digest.update(chunk);
                chunk.clear();
            }
            requireSealed(file, sealed, digest, channel.size());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** @throws RunException unless the file is, to the byte, the one that was sealed, and says so itself */
    static Released read(Path file, Digest sealed) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            // Sizes come from the file: bound them by what the ledger says before anything is allocated.
            if (channel.size() != sealed.bytes()) {
                throw notSealed(file);
            }
            MessageDigest digest = Sha256.digest();
            ByteBuffer prefix = read(channel, digest, PREFIX_BYTES, file);
            byte[] magic = new byte[MAGIC.length];
            prefix.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw notSealed(file);
            }
            if (prefix.getInt() != VERSION) {
                throw new RunException(
                        "Cannot read " + file + ": its layout is of a newer version. Use a newer program.");
            }
            int headerBytes = prefix.getInt();
            if (headerBytes < 0 || headerBytes > sealed.bytes() - PREFIX_BYTES) {
                throw notSealed(file);
            }
            byte[] json = new byte[headerBytes];
            read(channel, digest, headerBytes, file).get(json);
            SealedHeader header = SealedHeader.fromJson(new String(json, StandardCharsets.UTF_8));
            if (header.length() < 0
                    || PREFIX_BYTES + (long) headerBytes + (long) header.length() * Long.BYTES != sealed.bytes()) {
                throw notSealed(file);
            }
            long[] values = new long[header.length()];
            int done = 0;
            while (done < values.length) {
                int count = Math.min(values.length - done, BUFFER_BYTES / Long.BYTES);
                read(channel, digest, count * Long.BYTES, file).asLongBuffer().get(values, done, count);
                done += count;
            }
            requireSealed(file, sealed, digest, channel.size());
            return new Released(header, values);
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (IllegalArgumentException e) {
            throw notSealed(file);
        }
    }

    private static ByteBuffer read(FileChannel channel, MessageDigest digest, int bytes, Path file) throws IOException {
        ByteBuffer buffer = buffer(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw notSealed(file);
            }
        }
        buffer.flip();
        digest.update(buffer.duplicate());
        return buffer;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireSealed(Path file, Digest sealed, MessageDigest digest, long bytes) {
        if (bytes != sealed.bytes()
                || !HexFormat.of().formatHex(digest.digest()).equals(sealed.sha256())) {
            throw notSealed(file);
        }
    }

    private static RunException unreadable(Path file, IOException e) {
        String why = e instanceof NoSuchFileException ? "it is missing" : "the disk says no";
        return new RunException("Cannot read " + file + ": " + why + ". " + RESTORE, e);
    }

    private static RunException notSealed(Path file) {
        return new RunException(
                "Cannot read " + file + ": it is not the file that was sealed (its digest differs). " + RESTORE);
    }

    private static final String RESTORE =
            "Restore it from a copy: it is never drawn again, and a new release under another id is charged.";
}

package discreet.evaluate.movielens;

import discreet.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads the ratings of MovieLens 1M and verifies the file by its digest. */
final class MovieLensFile {
    /** SHA-256 of {@code ratings.dat} of MovieLens 1M, released 2/2003. */
    static final String SHA_256 = "506d64ca44484487c11dc2d9a28de5c54948213e6b96285e298afe28d6ea4e0f";

    private static final String NAME = "ratings.dat";
    private static final String ADVICE =
            "Give ratings.dat, or an archive that has it: ml-1m.zip of GroupLens, or cf4j-1.1.0.jar"
                    + " (com.github.ferortega) of Maven Central.";
    private static final int LENGTH = 24_594_131; // bytes of ratings.dat, beyond which nothing is read

    private final byte[] content;

    private MovieLensFile(byte[] content) {
        this.content = content;
    }

    /**
     * Reads and verifies the ratings.
     *
     * @param file {@code ratings.dat}, or a zip or jar that has it in any folder
     * @throws InputException if the file cannot be read or is another one
     */
    static MovieLensFile read(Path file) {
        byte[] content;
        try {
            content = isZip(file) ? unzip(file) : plain(file);
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "there is no such file" : "it cannot be read";
            throw new InputException("Cannot read MovieLens 1M from '" + file + "': " + why + ". " + ADVICE, e);
        }
        if (!sha256(content).equals(SHA_256)) {
            throw new InputException("Cannot use '" + file + "' as MovieLens 1M: the SHA-256 of its ratings is not "
                    + SHA_256 + ", and this protocol is for that file only. " + ADVICE);
        }
        return new MovieLensFile(content);
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(4), new byte[] {'P', 'K', 3, 4});
        }
    }

    private static byte[] plain(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LENGTH + 1);
        }
    }

    private static byte[] unzip(Path file) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(NAME) || entry.getName().endsWith("/" + NAME)) {
                    return zip.readNBytes(LENGTH + 1);
                }
            }
        }
        throw new InputException(
                "Cannot read MovieLens 1M from '" + file + "': there is no " + NAME + " in it. " + ADVICE);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Receives one row. */
    @FunctionalInterface
    interface RowConsumer {
        void accept(int user, int item, int rating);
    }

    /**
     * Passes on the lines {@code user::item::rating::time}. The digest has verified their format, so they
     * need no validation.
     */
    void forEachRow(RowConsumer rows) {
        int[] fields = new int[4];
        for (int at = 0; at < content.length; at++) {
            for (int f = 0; f < fields.length; f++) {
                fields[f] = 0;
                for (; content[at] >= '0' && content[at] <= '9'; at++) {
                    fields[f] = 10 * fields[f] + content[at] - '0';
                }
                at += f < fields.length - 1 ? 2 : 0; // "::" between fields, while the loop steps over the line's end
            }
            rows.accept(fields[0], fields[1], fields[2]);
        }
    }
}

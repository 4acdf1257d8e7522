package discreet.privacy;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Computes a hash of ids that anybody who knows the id and the salt can compute. The hash is the first eight
 * bytes of SHA-256 over the salt and the parts, each in UTF-8 after its number of bytes as a big-endian
 * 32-bit integer. The hash depends on ids alone, so it says nothing about any user's rows.
 *
 * @param salt any text. Another salt gives unrelated hashes
 */
public record SaltedHash(String salt) implements Serializable {

    /** Returns all 64 bits of the hash. */
    public long of(String... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            update(sha, salt);
            for (String part : parts) {
                update(sha, part);
            }
            return ByteBuffer.wrap(sha.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void update(MessageDigest sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha.update(bytes);
    }
}

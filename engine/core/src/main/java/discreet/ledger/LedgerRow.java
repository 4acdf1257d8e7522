package discreet.ledger;

import discreet.files.Sha256;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Represents one row of a population's chain.
 *
 * <p>{@code hash} is the SHA-256, in lower-case hexadecimal, of the texts {@code discreet-ledger-1},
 * population, seq, kind, release, vector, attempt, rhoUnits, deltaUnits, body, time and previous, in this
 * order. Each text is in UTF-8 and follows its number of bytes, which is a big-endian 32-bit integer. Numbers
 * are in decimal. The lengths make the encoding unambiguous, so no two rows share one. {@code previous} is
 * the hash of the row before, or sixty-four zeros for the first row. So the hash of a row stands for all rows
 * up to it.
 *
 * @param kind the name of a {@link Kind}, or any other text that someone wrote there
 * @param release empty if it does not apply, as is {@code vector}
 * @param rhoUnits in a RESERVE row, what is charged. In a RETURN row, what is given back of it. In a DRAW
 *     row, what the noise that is about to be drawn costs by OpenDP, which is not above the charge and not
 *     charged again. Otherwise 0. {@code deltaUnits} follows the same rule
 * @param body canonical JSON. OPEN has cap, store and an id that no other population has. RESERVE has
 *     parameters and vectors, and the hash range if there is one. DRAW has an id, sigma and sensitivity. For
 *     a vector it also has the length, and for sums by private keys what one user can change and the
 *     threshold. SEAL has file, bytes and digest. RETURN has the body of RESERVE, and CLOSE an empty object
 * @param time milliseconds since 1970, for information only. The order is that of {@code seq}
 */
record LedgerRow(
        String population,
        long seq,
        String kind,
        String release,
        String vector,
        int attempt,
        long rhoUnits,
        long deltaUnits,
        String body,
        long time,
        String previous,
        String hash) {

    /** What stands for the hash before the first row. */
    static final String FIRST_PREVIOUS = "0".repeat(64);

    enum Kind {
        OPEN,
        RESERVE,
        DRAW,
        SEAL,
        RETURN,
        DROP,
        CLOSE
    }

    boolean is(Kind other) {
        return kind.equals(other.name());
    }

    PrivacyCost price() {
        return new PrivacyCost(new Rho(rhoUnits), new Delta(deltaUnits));
    }

    /** Returns this row with the hash that belongs to it. */
    LedgerRow hashed() {
        return new LedgerRow(
                population,
                seq,
                kind,
                release,
                vector,
                attempt,
                rhoUnits,
                deltaUnits,
                body,
                time,
                previous,
                computedHash());
    }

    /** Returns the hash over the other fields, whether or not this row carries it. */
    String computedHash() {
        MessageDigest digest = Sha256.digest();
        for (Object field : new Object[] {
            "discreet-ledger-1",
            population,
            seq,
            kind,
            release,
            vector,
            attempt,
            rhoUnits,
            deltaUnits,
            body,
            time,
            previous
        }) {
            byte[] bytes = field.toString().getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

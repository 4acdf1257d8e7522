package discreet.ledger;

import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * One row of a population's chain.
 *
 * <p>{@code hash} is the SHA-256, in lower-case hexadecimal, of these texts in this order, each in UTF-8 after its number of
 * bytes as four bytes, highest first: {@code discreet-ledger-1}, population, seq, kind, release, vector, attempt, rhoUnits,
 * deltaUnits, body, time, previous. Numbers are in decimal. Lengths make the encoding unambiguous: no two rows share one.
 * {@code previous} is the hash of the row before, sixty-four zeros for the first; so the hash of a row stands for all rows
 * up to it.
 *
 * @param kind the name of a {@link Kind}, or whatever else somebody wrote there
 * @param release empty where it does not apply, as is {@code vector}
 * @param rhoUnits as deltaUnits: RESERVE: what is charged. DRAW: what the noise that is about to be drawn costs by OpenDP, not above the
 *     charge and not charged again. Otherwise 0.
 * @param body canonical JSON. OPEN: cap and store. RESERVE: parameters and vectors. DRAW: sigma, sensitivity, and for a
 *     vector its length, for sums by private keys what one person can change and the threshold. SEAL: file, bytes, digest. CLOSE:
 *     empty object.
 * @param time milliseconds since 1970; informative, order is that of {@code seq}
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

    static final String FIRST_PREVIOUS = "0".repeat(64);

    enum Kind {
        OPEN,
        RESERVE,
        DRAW,
        SEAL,
        CLOSE
    }

    boolean is(Kind other) {
        return kind.equals(other.name());
    }

    PrivacyCost price() {
        return new PrivacyCost(new Rho(rhoUnits), new Delta(deltaUnits));
    }

    /** This row with the hash that belongs to it. */
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

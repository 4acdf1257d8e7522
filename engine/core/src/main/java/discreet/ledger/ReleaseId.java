package discreet.ledger;

import discreet.InputException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes and checks the ids of releases, which are public and unique within a population. */
public final class ReleaseId {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    private ReleaseId() {}

    /**
     * Returns a new id such as {@code 20261124-103312-9c41d07be2a5}. It sorts by time (UTC) and ends in 48
     * random bits.
     */
    public static String fresh() {
        return TIME.format(Instant.now()) + "-" + random();
    }

    /** Returns 48 random bits in hexadecimal, which tell nothing of the time. */
    static String random() {
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * Checks the form of an id.
     *
     * @throws InputException if this cannot be the id of a release
     */
    public static void check(String id) {
        if (!FORM.matcher(id).matches()) {
            throw new InputException("Cannot use this release id: it must match " + FORM + ". Provided value: " + id);
        }
    }
}

package discreet.spark.lists;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
import discreet.files.Sha256;
import discreet.model.Recommender;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Computes a digest of everything that decides a batch of lists. Two runs with the same key write the same
 * lists. The digest covers the recommender in the serialised form that is sent to executors, so every
 * number in it counts. Of the catalogue it covers the ids, which are all that the lists contain of it.
 */
final class ListKey {
    /** Version of the files, to be increased when the same inputs lead to different files. */
    private static final int VERSION = 2;

    private static final int BYTES = 16;

    private ListKey() {}

    /**
     * Returns the key, in lower-case hexadecimal.
     *
     * @param inputs everything else that decides the lists
     */
    static String of(Recommender<?> recommender, Catalogue catalogue, ListRules rules, String inputs)
            throws IOException {
        MessageDigest sha = Sha256.digest();
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha)))) {
            out.writeInt(VERSION);
            out.writeInt(rules.length());
            for (Object value : rules.describe().values()) {
                if (value instanceof Integer number) {
                    out.writeInt(number);
                } else {
                    write(out, value.toString());
                }
            }
            write(out, inputs);
            out.writeInt(catalogue.size());
            for (int item = 0; item < catalogue.size(); item++) {
                write(out, catalogue.id(item));
            }
            ObjectOutputStream objects = new ObjectOutputStream(out);
            objects.writeObject(recommender);
            objects.flush();
        }
        return HexFormat.of().formatHex(Arrays.copyOf(sha.digest(), BYTES));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}

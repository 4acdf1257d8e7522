package discreet.spark.lists;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
import discreet.model.Recommender;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A digest of everything that decides a batch of lists: two runs with one key write the same. The model goes into it as it travels to
 * executors, every double of it, so that no part of it can be forgotten; of the catalogue the ids, which are all that lists take from it.
 */
final class ListKey {
    /** Another one where the same inputs make other files. */
    private static final int VERSION = 1;

    private static final int BYTES = 16;

    private ListKey() {}

    static String of(Recommender<?> maker, Catalogue catalogue, ListRules rules, String inputs) throws IOException {
        MessageDigest sha = sha256();
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha)))) {
            out.writeInt(VERSION);
            out.writeInt(rules.length());
            out.writeInt(rules.reserved());
            write(out, rules.digest());
            write(out, inputs);
            out.writeInt(catalogue.size());
            for (int item = 0; item < catalogue.size(); item++) {
                write(out, catalogue.id(item));
            }
            ObjectOutputStream objects = new ObjectOutputStream(out);
            objects.writeObject(maker);
            objects.flush();
        }
        return HexFormat.of().formatHex(Arrays.copyOf(sha.digest(), BYTES));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

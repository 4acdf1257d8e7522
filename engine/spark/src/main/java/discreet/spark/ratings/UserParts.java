package discreet.spark.ratings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;

import java.util.BitSet;
import org.apache.spark.Partitioner;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * Divides users into parts by a public hash of their id. A part is one task and one file. The part of a user
 * depends only on the id and the number of parts, so a later run can leave finished parts out before anything
 * is shuffled.
 *
 * <p>The hash is the one by which Spark partitions rows (Murmur3 with seed 42 over UTF-8), so that
 * {@code repartition(count, user)} puts part i into partition i. The hash is public. It balances the parts
 * and protects no one.
 */
public final class UserParts extends Partitioner {
    private static final long serialVersionUID = 1L;

    private static final int SEED = 42;
    private static final int MAX_PARTS = 10_000;
    private static final int ENOUGH_FOR_CORES = 32;
    private static final long SMALL_PART = 4L << 20;
    private static final long LARGE_PART = 64L << 20;

    private final int count;
    private final BitSet finished;

    /**
     * Creates parts, some of which may be finished.
     *
     * @param count number of parts, at least 1
     * @param finished parts whose users are left out
     */
    public UserParts(int count, BitSet finished) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be > 0. Provided value: " + count);
        }
        this.count = count;
        this.finished = (BitSet) finished.clone();
    }

    /**
     * Returns the number of parts for an input of this size. Large inputs have one part for every 64 MiB, so
     * that tasks and files grow in number instead of size. Smaller inputs have parts of 4 MiB, up to 32
     * parts, so that there are enough for the cores of a machine. A tiny input is one part. The number
     * depends only on the size of the files, which recipients of the lists may know. A rerun has the same
     * parts on any cluster.
     */
    public static int count(long inputBytes) {
        long small = Math.min(ceilDiv(inputBytes, SMALL_PART), ENOUGH_FOR_CORES);
        return (int) Math.max(1, Math.min(MAX_PARTS, Math.max(small, ceilDiv(inputBytes, LARGE_PART))));
    }

    private static long ceilDiv(long bytes, long size) {
        return bytes / size + (bytes % size == 0 ? 0 : 1);
    }

    @Override
    public int numPartitions() {
        return count;
    }

    @Override
    public int getPartition(Object user) {
        byte[] id = ((String) user).getBytes(UTF_8);
        return Math.floorMod(Murmur3_x86_32.hashUnsafeBytes(id, Platform.BYTE_ARRAY_OFFSET, id.length, SEED), count);
    }

    /** Returns whether the user's part is still to be made. */
    public boolean isUnfinished(String user) {
        return !finished.get(getPartition(user));
    }

    /**
     * Repartitions rows so that part i is in partition i. The column {@code user} is text or its UTF-8 bytes.
     */
    Dataset<Row> divide(Dataset<Row> rows) {
        return rows.repartition(count, col("user")); // Spark keeps an explicit number of partitions
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserParts parts && count == parts.count && finished.equals(parts.finished);
    }

    @Override
    public int hashCode() {
        return 31 * count + finished.hashCode();
    }
}

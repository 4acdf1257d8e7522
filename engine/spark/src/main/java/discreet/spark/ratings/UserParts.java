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
 * People in parts, by a public hash of their id: a part is one task and one file. Which part somebody is in depends on the id and on the
 * number of parts alone, so a part that is finished can be left out of a later run, before anything is shuffled.
 *
 * <p>The hash is the one by which Spark divides rows among partitions (Murmur3 with seed 42 over UTF-8), so that
 * {@code repartition(count, user)} puts part i into partition i. That is public, not secret: it balances parts, and protects nobody.
 */
public final class UserParts extends Partitioner {
    private static final long serialVersionUID = 1L;

    private static final int SEED = 42;
    private static final int MOST = 10_000;
    private static final int ENOUGH_FOR_CORES = 32;
    private static final long SMALL = 4L << 20;
    private static final long LARGE = 64L << 20;

    private final int count;
    private final BitSet finished;

    /**
     * Parts, some of which need not be made any more.
     *
     * @param count number of parts, at least 1
     * @param finished parts whose people are left out
     */
    public UserParts(int count, BitSet finished) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be > 0. Provided value: " + count);
        }
        this.count = count;
        this.finished = (BitSet) finished.clone();
    }

    /**
     * How many parts an input of this size has: one for 64 MiB, so that tasks and files grow in number and not in size; more, of 4 MiB
     * and up, while there are fewer of them than a machine has cores; one where there is next to nothing. It depends on the files'
     * size alone, which whoever may see the lists knows: a rerun has the same, on whatever cluster.
     */
    public static int count(long inputBytes) {
        long small = Math.min(ceilDiv(inputBytes, SMALL), ENOUGH_FOR_CORES);
        return (int) Math.max(1, Math.min(MOST, Math.max(small, ceilDiv(inputBytes, LARGE))));
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

    /** Whether a person's part is still to be made. */
    public boolean isUnfinished(String user) {
        return !finished.get(getPartition(user));
    }

    /** Rows (column {@code user}, text or its UTF-8), those of part i in partition i. */
    Dataset<Row> divide(Dataset<Row> rows) {
        return rows.repartition(count, col("user")); // with a number of partitions, Spark keeps to it
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

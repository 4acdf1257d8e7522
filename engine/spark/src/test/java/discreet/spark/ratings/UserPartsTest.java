package discreet.spark.ratings;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.spark.SparkTest;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserPartsTest extends SparkTest {
    private static final List<String> USERS = IntStream.range(0, 500)
            .mapToObj(user -> "ü".repeat(user % 7) + user + "\uD83C\uDF19".repeat(user % 3))
            .toList();

    private static Dataset<Row> rows() {
        return spark().createDataset(USERS, Encoders.STRING()).toDF("user");
    }

    /** Rows through Spark's shuffle and ids through the partitioner end up in the same part. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void divide_anyCount_putsPartIIntoPartitionI(int count) {
        UserParts parts = new UserParts(count, new BitSet());
        Dataset<Row> divided = parts.divide(rows());
        assertThat(divided.javaRDD().getNumPartitions()).isEqualTo(count);
        List<Row> found =
                divided.select(col("user"), spark_partition_id().as("part")).collectAsList();
        assertThat(found).hasSameSizeAs(USERS);
        assertThat(found).allMatch(row -> parts.getPartition(row.getString(0)) == row.getInt(1));
        List<Row> asBytes = parts.divide(
                        rows().select(col("user").cast("binary").as("user")))
                .select(col("user").cast("string"), spark_partition_id())
                .collectAsList();
        assertThat(asBytes).containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void isUnfinished_someFinished_leavesTheirUsersOut() {
        BitSet finished = new BitSet();
        finished.set(1);
        finished.set(4);
        UserParts parts = new UserParts(5, finished);
        List<String> unfinished = USERS.stream().filter(parts::isUnfinished).toList();
        assertThat(unfinished).allMatch(user -> !finished.get(parts.getPartition(user)));
        assertThat(unfinished).hasSizeBetween(1, USERS.size() - 1);
        assertThat(USERS).allMatch(new UserParts(5, new BitSet())::isUnfinished);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "4194304, 1",
        "4194305, 2",
        "100000000, 24",
        "134217728, 32",
        "2147483648, 32",
        "2147483649, 33",
        "9223372036854775000, 10000"
    })
    void count_bytes_growsWithThem(long bytes, int parts) {
        assertThat(UserParts.count(bytes)).isEqualTo(parts);
    }

    @Test
    void constructor_noParts_isRefused() {
        assertThatThrownBy(() -> new UserParts(0, new BitSet())).isInstanceOf(IllegalArgumentException.class);
    }
}

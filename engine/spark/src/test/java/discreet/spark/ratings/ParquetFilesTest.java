package discreet.spark.ratings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.history.RatingColumns;
import discreet.spark.SparkTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFilesTest extends SparkTest {
    private static final StructType RATINGS =
            new StructType().add("user", DataTypes.StringType).add("item", DataTypes.StringType);

    /**
     * If Spark inferred the type of a partition column, one row with item x9 would decide whether 0001 is
     * read as 1.
     */
    @Test
    void read_itemsAsPartitionFolders_isASchemaError(@TempDir Path folder) {
        String path = folder.resolve("ratings").toString();
        rows("u", "0001").write().partitionBy("item").parquet(path);
        assertThatThrownBy(() -> RatingsReader.read(spark(), path, RatingColumns.DEFAULT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("column 'item' is in the names of folders");
    }

    @Test
    void read_nestedFolders_readsAllRows(@TempDir Path folder) {
        rows("u", "a").write().parquet(folder.resolve("ratings").toString());
        rows("v", "b").write().parquet(folder.resolve("ratings/2023").toString());
        assertThat(RatingsReader.read(spark(), folder.resolve("ratings").toString(), RatingColumns.DEFAULT)
                        .count())
                .isEqualTo(2);
    }

    @Test
    void read_timestampsInMillisBeyondAnyDate_areRead(@TempDir Path folder) throws IOException {
        MessageType type = MessageTypeParser.parseMessageType("""
                message rating {
                  required binary user (STRING);
                  required binary item (STRING);
                  required int64 timestamp (TIMESTAMP(MILLIS,true));
                }""");
        Path file = folder.resolve("ratings.parquet");
        SimpleGroupFactory groups = new SimpleGroupFactory(type);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(type)
                .build()) {
            for (long time : new long[] {Long.MAX_VALUE, 1_700_000_000_123L, Long.MIN_VALUE}) {
                writer.write(groups.newGroup()
                        .append("user", "u")
                        .append("item", "i" + time)
                        .append("timestamp", time));
            }
        }
        List<Long> times = RatingsReader.read(spark(), file.toString(), RatingColumns.DEFAULT).collectAsList().stream()
                .map(row -> row.<Long>getAs("timestamp"))
                .toList();
        assertThat(times).containsExactly(Long.MAX_VALUE, 1_700_000_000_123L, Long.MIN_VALUE);
    }

    private static Dataset<Row> rows(String user, String item) {
        return spark().createDataFrame(List.of(RowFactory.create(user, item)), RATINGS);
    }
}

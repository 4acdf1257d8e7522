package discreet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Ratings by ordinary people, and by one account whose item ids are so long that those of 4,096 rows, which
 * is Spark's batch, do not fit into the memory of a test's process. They compress to almost nothing.
 */
final class LongIds {
    static final int ITEMS = 40;

    private static final int PEOPLE = 400;
    private static final int RATINGS = 10;
    private static final int ROWS = 4_500;
    private static final int LENGTH = 300_000;
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            "message r { required binary user (STRING); required binary item (STRING); required double rating; }");

    private final SimpleGroupFactory rows = new SimpleGroupFactory(SCHEMA);
    private final ParquetWriter<Group> out;

    private LongIds(ParquetWriter<Group> out) {
        this.out = out;
    }

    /** Writes the ratings. The long ids come first, so that each page holds few of them. */
    static Path ratings(Path file) {
        try (ParquetWriter<Group> out = ExampleParquetWriter.builder(
                        HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))
                .withType(SCHEMA)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withMinRowCountForPageSizeCheck(1)
                .build()) {
            LongIds ratings = new LongIds(out);
            for (int row = 0; row < ROWS; row++) {
                ratings.add("zqx-account", "zqx-" + row + "x".repeat(LENGTH));
            }
            for (int person = 0; person < PEOPLE; person++) {
                for (int rating = 0; rating < RATINGS; rating++) {
                    ratings.add("u" + person, item((person + rating * rating) % ITEMS));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private void add(String user, String item) throws IOException {
        out.write(rows.newGroup().append("user", user).append("item", item).append("rating", 5.0));
    }

    static Path items(Path file) throws IOException {
        StringBuilder items = new StringBuilder("item\n");
        for (int item = 0; item < ITEMS; item++) {
            items.append(item(item)).append('\n');
        }
        return Files.writeString(file, items);
    }

    private static String item(int number) {
        return "i" + number;
    }
}

package discreet.cli.sample;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * Writes (user, item, rating, timestamp) rows into a Parquet file without Spark and without Hadoop's file
 * systems. Rows arrive user by user, so a user id costs a single run of its dictionary index.
 */
final class RatingsFile implements Closeable {
    private static final MessageType SCHEMA = Types.buildMessage()
            .required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("user")
            .required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("item")
            .required(PrimitiveTypeName.DOUBLE)
            .named("rating")
            .required(PrimitiveTypeName.INT64)
            .named("timestamp")
            .named("ratings");

    /**
     * Size in bytes before compression. A task reads one row group, and with Parquet's default size 20
     * million ratings would be a single one.
     */
    private static final long ROW_GROUP = 16L << 20;

    private final ParquetWriter<Row> writer;

    /** Represents a row, with its timestamp in seconds since 1970. */
    record Row(Binary user, Binary item, double rating, long timestamp) {}

    RatingsFile(Path file) throws IOException {

        writer = new Builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withWriterVersion(WriterVersion.PARQUET_1_0) // every reader supports it, and it is smaller here
                .withRowGroupSize(ROW_GROUP)
                .withDictionaryPageSize(8 << 20)
                .withDictionaryEncoding("timestamp", false) // timestamps rarely repeat
                .build();
    }

    void write(Row row) throws IOException {
        writer.write(row);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
        Builder(OutputFile file) {
            super(file);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
            return new Rows();
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
            return new Rows();
        }
    }

    @SuppressWarnings("NullAway.Init") // Parquet calls prepareForWrite before the first write
    private static final class Rows extends WriteSupport<Row> {
        private RecordConsumer out;

        @Override
        public WriteContext init(Configuration configuration) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            out = recordConsumer;
        }

        @Override
        public void write(Row row) {
            out.startMessage();
            out.startField("user", 0);
            out.addBinary(row.user());
            out.endField("user", 0);
            out.startField("item", 1);
            out.addBinary(row.item());
            out.endField("item", 1);
            out.startField("rating", 2);
            out.addDouble(row.rating());
            out.endField("rating", 2);
            out.startField("timestamp", 3);
            out.addLong(row.timestamp());
            out.endField("timestamp", 3);
            out.endMessage();
        }
    }
}

package discreet.spark.lists;

import discreet.catalogue.Catalogue;
import discreet.model.Recommendation;
import discreet.model.RecommendationSource;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;

/**
 * Writes a part as Parquet, with the columns that Spark would write. Lists are written straight to columns,
 * since Spark's intermediate rows would cost about as much as making the lists. An item id is encoded once
 * for each part and a user id once for each list. Scores are written without a dictionary, since nearly all
 * differ and the writer would fill a dictionary only to give it up.
 */
final class ParquetSink implements ListFormat.Sink {
    private static final MessageType ROW = MessageTypeParser.parseMessageType("""
            message list {
              required binary user (STRING);
              required binary item (STRING);
              required int32 rank;
              required double score;
              required binary source (STRING);
            }""");

    private final ParquetWriter<ListRow> writer;
    private final Catalogue catalogue;
    private final @Nullable Binary[] ids;
    private final ListRow row = new ListRow();

    ParquetSink(Path file, Configuration hadoop, Catalogue catalogue) throws IOException {
        this.writer = new Builder(HadoopOutputFile.fromPath(file, hadoop))
                .withConf(hadoop)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withDictionaryEncoding("score", false)
                .build();
        this.catalogue = catalogue;
        this.ids = new Binary[catalogue.size()];
    }

    @Override
    public void write(UserList list) throws IOException {
        row.user = Binary.fromString(list.user());
        row.rank = 0;
        for (Recommendation recommendation : list.recommendations()) {
            row.item = id(recommendation.item());
            row.rank++;
            row.score = recommendation.score();
            row.source = recommendation.source();
            writer.write(row);
        }
    }

    private Binary id(int item) {
        Binary known = ids[item];
        if (known == null) {
            known = Binary.fromString(catalogue.id(item));
            ids[item] = known;
        }
        return known;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /**
     * Represents a mutable row, reused for every recommendation. The writer reads its values before the next
     * one is set.
     */
    private static final class ListRow {
        private Binary user = Binary.EMPTY;
        private Binary item = Binary.EMPTY;
        private int rank;
        private double score;
        private RecommendationSource source = RecommendationSource.POPULAR;
    }

    private static final class Builder extends ParquetWriter.Builder<ListRow, Builder> {
        Builder(OutputFile file) {
            super(file);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<ListRow> getWriteSupport(Configuration hadoop) {
            return new Columns();
        }
    }

    @SuppressWarnings("NullAway.Init") // the Parquet writer calls prepareForWrite first
    private static final class Columns extends WriteSupport<ListRow> {
        private final Map<RecommendationSource, Binary> sources = new EnumMap<>(RecommendationSource.class);
        private RecordConsumer out;

        @Override
        public WriteContext init(Configuration hadoop) {
            return new WriteContext(ROW, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            out = consumer;
        }

        @Override
        public void write(ListRow row) {
            out.startMessage();
            text("user", 0, row.user);
            text("item", 1, row.item);
            out.startField("rank", 2);
            out.addInteger(row.rank);
            out.endField("rank", 2);
            out.startField("score", 3);
            out.addDouble(row.score);
            out.endField("score", 3);
            text("source", 4, sources.computeIfAbsent(row.source, source -> Binary.fromString(source.label())));
            out.endMessage();
        }

        private void text(String name, int column, Binary value) {
            out.startField(name, column);
            out.addBinary(value);
            out.endField(name, column);
        }
    }
}

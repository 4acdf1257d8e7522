package discreet.spark.lists;

import discreet.catalogue.Catalogue;
import discreet.model.Recommendation;
import discreet.model.RecommendationSource;
import java.io.IOException;
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
 * A part as Parquet, the columns as Spark would write them. Straight from lists to columns: the rows between, which Spark would make, cost
 * about as much as choosing what is in them. An id is encoded once a part, a user's once a list; nearly every score is another, so these
 * have no dictionary, which would be filled and then given up.
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

    private final ParquetWriter<Place> writer;
    private final Catalogue catalogue;
    private final @Nullable Binary[] ids;
    private final Place place = new Place();

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
        place.user = Binary.fromString(list.user());
        place.rank = 0;
        for (Recommendation recommendation : list.places()) {
            place.item = id(recommendation.item());
            place.rank++;
            place.score = recommendation.score();
            place.source = recommendation.source();
            writer.write(place);
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

    /** A row, used again for the next: the writer has taken its values apart by then. */
    private static final class Place {
        private Binary user = Binary.EMPTY;
        private Binary item = Binary.EMPTY;
        private int rank;
        private double score;
        private RecommendationSource source = RecommendationSource.POPULAR;
    }

    private static final class Builder extends ParquetWriter.Builder<Place, Builder> {
        Builder(OutputFile file) {
            super(file);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Place> getWriteSupport(Configuration hadoop) {
            return new Columns();
        }
    }

    @SuppressWarnings("NullAway.Init") // the writer calls prepareForWrite first
    private static final class Columns extends WriteSupport<Place> {
        private final Binary model = Binary.fromString(RecommendationSource.MODEL.label());
        private final Binary popular = Binary.fromString(RecommendationSource.POPULAR.label());
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
        public void write(Place place) {
            out.startMessage();
            text("user", 0, place.user);
            text("item", 1, place.item);
            out.startField("rank", 2);
            out.addInteger(place.rank);
            out.endField("rank", 2);
            out.startField("score", 3);
            out.addDouble(place.score);
            out.endField("score", 3);
            text("source", 4, place.source == RecommendationSource.MODEL ? model : popular);
            out.endMessage();
        }

        private void text(String name, int column, Binary value) {
            out.startField(name, column);
            out.addBinary(value);
            out.endField(name, column);
        }
    }
}

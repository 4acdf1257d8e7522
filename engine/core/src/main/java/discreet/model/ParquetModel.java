package discreet.model;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Reads and writes the two Parquet files of a model without Spark. */
final class ParquetModel {
    private static final String STATISTIC = "statistic";
    private static final String COUNT = "count";
    private static final String BIAS = "bias";
    private static final String BIAS_VARIANCE = "biasVariance";
    private static final MessageType COMPONENT = MessageTypeParser.parseMessageType("""
            message component {
              required int32 component;
              required double eigenvalue;
              required group vector (LIST) { repeated group list { required double element; } }
            }""");

    private static final ObjectMapper JSON = new ObjectMapper();

    private ParquetModel() {}

    /**
     * Represents the content of items.parquet.
     *
     * @param values released numbers by the name of their column, one per item
     */
    record Items(Catalogue catalogue, Map<String, double[]> values, Head head) {
        /** Returns the numbers of a column. A missing column must not pass for zeros. */
        private double[] of(String column) {
            return Objects.requireNonNull(values.get(column), column);
        }

        double[] statistic() {
            return of(STATISTIC);
        }

        double[] counts() {
            return of(COUNT);
        }

        double[] biases() {
            return of(BIAS);
        }

        double[] biasVariances() {
            return of(BIAS_VARIANCE);
        }
    }

    /** Returns released numbers by the name of their column. */
    private static Map<String, double[]> values(ReleasedModel model) {
        return model.match(ranking -> Map.of(STATISTIC, ranking.statistic()), rating -> {
            Map<String, double[]> values = new LinkedHashMap<>();
            values.put(COUNT, rating.counts());
            values.put(BIAS, rating.biases());
            values.put(BIAS_VARIANCE, rating.biasVariances());
            return values;
        });
    }

    private static MessageType itemType(Set<String> columns) {
        String released = columns.stream()
                .map(column -> "required double " + column + ";\n")
                .collect(Collectors.joining());
        return MessageTypeParser.parseMessageType("""
                message item {
                  required binary item (STRING);
                  optional binary title (STRING);
                  optional group genres (LIST) { repeated group list { required binary element (STRING); } }
                  optional binary metadata (JSON);
                  %s
                  optional int32 position;
                  optional double weight;
                  optional int64 direction;
                }""".formatted(released));
    }

    static void writeItems(ReleasedModel model, Path file) throws IOException {
        Map<String, double[]> values = values(model);
        MessageType type = itemType(values.keySet());
        SimpleGroupFactory groups = new SimpleGroupFactory(type);
        try (ParquetWriter<Group> writer = writer(file, type)) {
            for (int index = 0; index < model.catalogue().size(); index++) {
                Item item = model.catalogue().item(index);
                Group group = groups.newGroup().append("item", item.id());
                if (item.title() != null) {
                    group.append("title", item.title());
                }
                if (!item.genres().isEmpty()) {
                    Group list = group.addGroup("genres");
                    item.genres().forEach(genre -> list.addGroup("list").append("element", genre));
                }
                if (!item.metadata().isEmpty()) {
                    group.append("metadata", JSON.writeValueAsString(item.metadata()));
                }
                for (Map.Entry<String, double[]> column : values.entrySet()) {
                    group.append(column.getKey(), column.getValue()[index]);
                }
                int position = model.head().position(index);
                if (position >= 0) {
                    group.append("position", position)
                            .append("weight", model.head().weight(position))
                            .append("direction", model.head().direction(position));
                }
                writer.write(group);
            }
        }
    }

    static Items readRanking(Path file) throws IOException {
        return readItems(file, List.of(STATISTIC));
    }

    static Items readRating(Path file) throws IOException {
        return readItems(file, List.of(COUNT, BIAS, BIAS_VARIANCE));
    }

    private static Items readItems(Path file, List<String> columns) throws IOException {
        List<Item> items = new ArrayList<>();
        List<Group> rows = new ArrayList<>();
        read(file, group -> {
            rows.add(group);
            items.add(item(group));
        });
        Catalogue catalogue = Catalogue.of(items);
        Map<String, double[]> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column, new double[catalogue.size()]));
        List<Group> inHead = new ArrayList<>();
        for (Group row : rows) {
            int index = catalogue.indexOf(row.getString("item", 0));
            values.forEach((column, all) -> all[index] = row.getDouble(column, 0));
            if (row.getFieldRepetitionCount("position") > 0) {
                inHead.add(row);
            }
        }
        return new Items(catalogue, values, head(inHead, catalogue));
    }

    private static Item item(Group row) {
        List<String> genres = new ArrayList<>();
        if (row.getFieldRepetitionCount("genres") > 0) {
            Group list = row.getGroup("genres", 0);
            for (int at = 0; at < list.getFieldRepetitionCount("list"); at++) {
                genres.add(list.getGroup("list", at).getString("element", 0));
            }
        }
        String title = row.getFieldRepetitionCount("title") > 0 ? row.getString("title", 0) : null;
        Map<String, String> metadata =
                row.getFieldRepetitionCount("metadata") > 0 ? metadata(row.getString("metadata", 0)) : Map.of();
        return new Item(row.getString("item", 0), title, genres, metadata);
    }

    private static Map<String, String> metadata(String json) {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (IOException e) {
            throw new IllegalArgumentException("metadata must be a JSON object of texts", e);
        }
    }

    private static Head head(List<Group> rows, Catalogue catalogue) {
        int[] items = new int[rows.size()];
        Arrays.fill(items, -1);
        double[] weights = new double[rows.size()];
        long[] direction = new long[rows.size()];
        for (Group row : rows) {
            int position = row.getInteger("position", 0);
            items[position] = catalogue.indexOf(row.getString("item", 0));
            weights[position] = row.getDouble("weight", 0);
            direction[position] = row.getLong("direction", 0);
        }
        return Head.of(items, weights, direction, catalogue.size());
    }

    static void writeSpectrum(ReleasedModel model, Path file) throws IOException {
        Spectrum spectrum = model.spectrum();
        SimpleGroupFactory groups = new SimpleGroupFactory(COMPONENT);
        try (ParquetWriter<Group> writer = writer(file, COMPONENT)) {
            for (int component = 0; component < spectrum.rank(); component++) {
                Group group = groups.newGroup()
                        .append("component", component)
                        .append("eigenvalue", spectrum.eigenvalues()[component]);
                Group list = group.addGroup("vector");
                for (int position = 0; position < model.head().size(); position++) {
                    list.addGroup("list").append("element", spectrum.vectors()[position * spectrum.rank() + component]);
                }
                writer.write(group);
            }
        }
    }

    static Spectrum readSpectrum(Path file, int order, double bulk) throws IOException {
        List<Group> rows = new ArrayList<>();
        read(file, rows::add);
        int rank = rows.size();
        double[] eigenvalues = new double[rank];
        double[] vectors = new double[order * rank];
        for (Group row : rows) {
            int component = row.getInteger("component", 0);
            eigenvalues[component] = row.getDouble("eigenvalue", 0);
            Group list = row.getGroup("vector", 0);
            if (list.getFieldRepetitionCount("list") != order) {
                throw new IllegalArgumentException("a vector must have one entry a head position");
            }
            for (int position = 0; position < order; position++) {
                vectors[position * rank + component] =
                        list.getGroup("list", position).getDouble("element", 0);
            }
        }
        return new Spectrum(vectors, eigenvalues, bulk);
    }

    private static ParquetWriter<Group> writer(Path file, MessageType type) throws IOException {
        return ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(type)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .build();
    }

    private static void read(Path file, Consumer<Group> rows) throws IOException {
        try (ParquetReader<Group> reader = new GroupReader(new LocalInputFile(file)).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows.accept(row);
            }
        }
    }

    /** Builds a reader of groups for a local file, whereas Parquet's own builder takes Hadoop paths only. */
    private static final class GroupReader extends ParquetReader.Builder<Group> {
        GroupReader(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}

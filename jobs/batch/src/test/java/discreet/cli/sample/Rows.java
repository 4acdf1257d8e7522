package discreet.cli.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/** Reads ratings.parquet back with Parquet's own object model. */
final class Rows {
    record Rating(String user, String item, double rating, long timestamp) {
        String csv() {
            return user + "," + item + "," + rating + "," + timestamp;
        }
    }

    static List<Rating> read(Path file) throws IOException {
        List<Rating> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new Builder(new LocalInputFile(file)).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows.add(new Rating(
                        row.getString("user", 0),
                        row.getString("item", 0),
                        row.getDouble("rating", 0),
                        row.getLong("timestamp", 0)));
            }
        }
        return rows;
    }

    private static final class Builder extends ParquetReader.Builder<Group> {
        Builder(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }

    private Rows() {}
}

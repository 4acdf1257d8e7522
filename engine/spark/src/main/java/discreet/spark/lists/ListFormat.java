package discreet.spark.lists;

import discreet.catalogue.Catalogue;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** How lists are written: rows user, item, rank (from 1), score, source. */
public enum ListFormat {
    /** One Parquet file a part. */
    PARQUET(".parquet") {
        @Override
        Sink open(Path file, Configuration hadoop, Catalogue catalogue) throws IOException {
            return new ParquetSink(file, hadoop, catalogue);
        }
    },
    /** One text file with a header, of which parts are pieces. */
    CSV(".csv") {
        @Override
        Sink open(Path file, Configuration hadoop, Catalogue catalogue) throws IOException {
            return new CsvSink(file, hadoop, catalogue);
        }
    };

    private final String ending;

    ListFormat(String ending) {
        this.ending = ending;
    }

    /** Name of a part's file. */
    String file(int part) {
        return "part-%05d%s".formatted(part, ending);
    }

    /** A new file. */
    abstract Sink open(Path file, Configuration hadoop, Catalogue catalogue) throws IOException;

    /** Where the lists of a part go, one after the other. */
    interface Sink extends Closeable {
        void write(UserList list) throws IOException;
    }
}

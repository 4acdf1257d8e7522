package discreet.spark.lists;

import discreet.catalogue.Catalogue;
import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes lists in one of the file formats. Every format has the columns user, item, rank (from 1), score and
 * source.
 */
public enum ListFormat {
    /** Parquet, one file for each part. */
    PARQUET(".parquet") {
        @Override
        Sink open(Path file, Configuration hadoop, Catalogue catalogue) throws IOException {
            return new ParquetSink(file, hadoop, catalogue);
        }
    },
    /** CSV, one text file with a header. Its parts are joined into one file when all are finished. */
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

    /** Returns the file name of a part. */
    String file(int part) {
        return String.format(Locale.ROOT, "part-%05d%s", part, ending);
    }

    /** Creates a file and opens it for writing. */
    abstract Sink open(Path file, Configuration hadoop, Catalogue catalogue) throws IOException;

    /** Receives the lists of a part, one after the other. */
    interface Sink extends Closeable {
        void write(UserList list) throws IOException;
    }
}

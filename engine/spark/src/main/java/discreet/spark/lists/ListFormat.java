package discreet.spark.lists;

import discreet.catalogue.Catalogue;
import discreet.files.CsvField;
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
            return new CsvSink(file, hadoop, catalogue, id -> id);
        }
    },
    /** The same with ids that no spreadsheet takes for formulas ({@link CsvField#neutral}). */
    NEUTRAL_CSV(".csv") {
        @Override
        Sink open(Path file, Configuration hadoop, Catalogue catalogue) throws IOException {
            return new CsvSink(file, hadoop, catalogue, CsvField::neutral);
        }
    };

    private final String ending;

    ListFormat(String ending) {
        this.ending = ending;
    }

    /** Returns whether the parts are joined into one file in the end. */
    boolean isJoined() {
        return this != PARQUET;
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

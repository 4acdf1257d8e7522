package discreet.cli.shared;

import discreet.catalogue.Catalogue;
import discreet.spark.ratings.CatalogueReader;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Reads a public file of items for commands without a Spark session. Spark starts for Parquet only, not for
 * CSV.
 */
final class CatalogueFile {
    private CatalogueFile() {}

    /**
     * Reads the items of a CSV or Parquet file.
     *
     * @throws discreet.InputException if the file or its columns cannot be used
     */
    static Catalogue read(String path, String itemColumn, PrintWriter remarks) {
        Optional<Catalogue> csv = CatalogueReader.readCsv(path, itemColumn);
        if (csv.isPresent()) {
            return csv.get();
        }
        try (SecuredSession sessions = SecuredSession.start("read items", remarks)) {
            return CatalogueReader.read(sessions.session(), path, itemColumn);
        }
    }
}

package discreet.cli.shared;

import discreet.catalogue.Catalogue;
import discreet.spark.ratings.CatalogueReader;
import java.io.PrintWriter;
import java.util.Optional;

/** A public file of items for commands that have no Spark session: CSV is read as it is, Spark starts only for Parquet. */
final class CatalogueFile {
    private CatalogueFile() {}

    /** @throws discreet.InputException where it is not usable */
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

package io.discreet.jobs;

import io.discreet.model.Catalogue;
import io.discreet.ratings.CatalogueReader;
import java.io.PrintWriter;
import java.util.Optional;

/** A public file of items for commands that have no Spark session: CSV is read as it is, Spark starts only for Parquet. */
final class CatalogueFile {
    private CatalogueFile() {}

    /** @throws io.discreet.privacy.InputException where it is not usable */
    static Catalogue read(String path, String itemColumn, PrintWriter remarks) {
        Optional<Catalogue> csv = CatalogueReader.readCsv(path, itemColumn);
        if (csv.isPresent()) {
            return csv.get();
        }
        try (Sessions sessions = Sessions.start("read items", remarks)) {
            return CatalogueReader.read(sessions.session(), path, itemColumn);
        }
    }
}

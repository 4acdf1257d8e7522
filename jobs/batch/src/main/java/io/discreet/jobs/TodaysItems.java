package io.discreet.jobs;

import io.discreet.model.Assortment;
import io.discreet.model.Catalogue;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A catalogue that is newer than the model. */
final class TodaysItems {
    @Option(
            names = "--items",
            paramLabel = "PATH",
            description =
                    "Today's catalogue: CSV with a header or Parquet. Items that the model does not know are outside the "
                            + "head, items that are gone are in no list (default: the model's).")
    private @Nullable String items;

    Assortment assortment(Catalogue known, String itemColumn, PrintWriter remarks) {
        return items == null
                ? Assortment.of(known)
                : Assortment.of(known, CatalogueFile.read(items, itemColumn, remarks));
    }
}

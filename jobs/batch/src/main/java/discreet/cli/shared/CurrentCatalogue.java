package discreet.cli.shared;

import discreet.catalogue.AvailableItems;
import discreet.catalogue.Catalogue;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A catalogue that is newer than the model. */
public final class CurrentCatalogue {
    @Option(
            names = "--items",
            paramLabel = "PATH",
            description =
                    "Today's catalogue: CSV with a header or Parquet. Items that the model does not know are outside the "
                            + "head, items that are gone are in no list (default: the model's).")
    private @Nullable String items;

    public AvailableItems availableItems(Catalogue known, String itemColumn, PrintWriter remarks) {
        return items == null
                ? AvailableItems.of(known)
                : AvailableItems.of(known, CatalogueFile.read(items, itemColumn, remarks));
    }
}

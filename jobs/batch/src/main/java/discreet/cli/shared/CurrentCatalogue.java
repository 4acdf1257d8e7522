package discreet.cli.shared;

import discreet.catalogue.AvailableItems;
import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Defines the option that names a newer catalogue than the one the model was trained with. */
public final class CurrentCatalogue {
    @Option(
            names = "--items",
            paramLabel = "PATH",
            description = "Today's catalogue: CSV with a header or Parquet. Items that the model does not know "
                    + "count as outside its head, and items that are gone are in no list (default: the "
                    + "model's catalogue).")
    private @Nullable String items;

    /**
     * Returns the items of the given file that may be listed, or the model's own items if no file was given.
     */
    public AvailableItems availableItems(Catalogue known, String itemColumn) {
        return items == null
                ? AvailableItems.of(known)
                : AvailableItems.of(known, CatalogueReader.read(items, itemColumn));
    }
}

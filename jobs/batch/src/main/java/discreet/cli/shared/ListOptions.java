package discreet.cli.shared;

import discreet.InputException;
import discreet.catalogue.AvailableItems;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemFilter;
import discreet.catalogue.ListRules;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What lists are to be like: public, and the same for everybody. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ListOptions {
    @Mixin
    private CurrentCatalogue today;

    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            description =
                    "Only items that meet it: genre=Comedy, language=fr|nl (one of them), genre!=Horror; any column of "
                            + "the catalogue. Given several times, all must hold.")
    private List<String> filters = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "PATH",
            description = "Items that must be in no list: CSV with a header or Parquet.")
    private @Nullable String excluded;

    @Option(
            names = "--diversify",
            paramLabel = "S",
            defaultValue = "0",
            description =
                    "Keeps S of every " + ListRules.PLACES + " places for items outside the head, new ones too, whose "
                            + "genres and decade suit the person (default: ${DEFAULT-VALUE}).")
    private int reserved;

    /** Refuses what can be refused before anything is read. */
    public void check(String doing) {
        if (reserved < 0 || reserved > ListRules.PLACES) {
            throw new InputException("Cannot " + doing + ": --diversify must be from 0 to " + ListRules.PLACES
                    + ". Provided value: " + reserved + ". Give another number.");
        }
        conditions();
    }

    private List<ItemFilter> conditions() {
        return filters.stream().map(ItemFilter::parse).toList();
    }

    /** Whether lists are to be anything but the best of today's items. */
    public boolean any() {
        return !filters.isEmpty() || excluded != null || reserved > 0;
    }

    /**
     * What lists are made of.
     *
     * @param all today's items, as they would be without conditions
     * @param left those that may be in lists
     */
    public record Choice(AvailableItems all, AvailableItems left, int reserved) {
        public Catalogue catalogue() {
            return all.catalogue();
        }

        public ListRules rules(int length) {
            return left.rules(length, reserved);
        }
    }

    public Choice choice(Catalogue known, String itemColumn, PrintWriter remarks) {
        AvailableItems all = today.availableItems(known, itemColumn, remarks);
        AvailableItems left = all.where(conditions());
        if (excluded != null) {
            left = left.without(CatalogueFile.read(excluded, itemColumn, remarks));
        }
        return new Choice(all, left, reserved);
    }

    /** What was asked for, in words for a table. */
    public String inWords() {
        StringBuilder words = new StringBuilder("with");
        filters.forEach(filter -> words.append(" --filter ").append(filter));
        if (excluded != null) {
            words.append(" --exclude");
        }
        if (reserved > 0) {
            words.append(" --diversify ").append(reserved);
        }
        return words.toString();
    }
}

package discreet.cli.shared;

import discreet.InputException;
import discreet.catalogue.AvailableItems;
import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import discreet.catalogue.ItemFilter;
import discreet.catalogue.ListRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Defines the options that say which items lists may have. They are public and the same for all users. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ListOptions {
    /** The options below, for help and messages. A test compares it with them. */
    public static final String NAMES = "--filter, --exclude, --diversify, --list-seen";

    @Mixin
    private CurrentCatalogue today;

    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            description = "Lists only items that meet it, such as genre=Comedy, language=fr|nl (one of them) or "
                    + "genre!=Horror. Any column of the catalogue will do. Given several times, all must "
                    + "hold.")
    private List<String> filters = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "PATH",
            description = "Items that no list may have: CSV with a header or Parquet.")
    private @Nullable String excluded;

    @Option(
            names = "--diversify",
            paramLabel = "S",
            defaultValue = "0",
            description =
                    "Keeps S of every " + ListRules.PLACES + " places for items outside the model's head, new ones "
                            + "included, whose genres and decade suit the user (default: ${DEFAULT-VALUE}).")
    private int reserved;

    @Option(
            names = "--list-seen",
            description = "Lists may have items of the person's own history, as for groceries and music (default: "
                    + "no list has any of them, whatever its rating).")
    private boolean listSeen;

    /** Refuses options that can be refused before any file is read. */
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

    /** Returns whether any option is given. */
    public boolean any() {
        return listSeen || narrows();
    }

    /** Returns whether an option restricts or diversifies the lists. */
    public boolean narrows() {
        return !given().isEmpty();
    }

    /**
     * Selects the items that lists are made of.
     *
     * @param all the items of the current catalogue, before any condition
     * @param left the items that the conditions leave
     * @param reserved how many of every {@link ListRules#PLACES} places are kept for items outside the head
     * @param listSeen whether lists may have items of the person's own history
     */
    public record Choice(AvailableItems all, AvailableItems left, int reserved, boolean listSeen) {
        public Catalogue catalogue() {
            return all.catalogue();
        }

        public ListRules rules(int length) {
            return left.rules(length, reserved).withSeen(listSeen);
        }

        /** Returns the rules for lists of all current items, without conditions and reserved places. */
        public ListRules plainRules(int length) {
            return all.rules(length, 0).withSeen(listSeen);
        }
    }

    /** Reads the named files and applies the conditions. */
    public Choice choice(Catalogue known, String itemColumn) {
        AvailableItems all = today.availableItems(known, itemColumn);
        AvailableItems left = all.where(conditions());
        if (excluded != null) {
            left = left.without(CatalogueReader.read(excluded, itemColumn));
        }
        return new Choice(all, left, reserved, listSeen);
    }

    /** Returns the options that restrict or diversify the lists in words, for a table. */
    public String inWords() {
        return "with " + String.join(" ", given());
    }

    /** Returns the options that were given, with their values where these are short. */
    private List<String> given() {
        List<String> given = new ArrayList<>();
        filters.forEach(filter -> given.add("--filter " + filter));
        if (excluded != null) {
            given.add("--exclude");
        }
        if (reserved > 0) {
            given.add("--diversify " + reserved);
        }
        return given;
    }
}

package discreet.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the sealed files of a store with what its ledger knows. A ledger that was set back to an old copy,
 * or replaced, has forgotten charges, and its store shows it.
 *
 * @param listed names of the files in the store, listed before the rows are read. A file is made after its
 *     DRAW row was committed, so the rows know every file in the listing
 */
record StoreCheck(Store store, List<String> listed) {

    /**
     * Returns what is wrong, or empty if all is well. A sealed file that is not in the listing may have come
     * after it, so it is looked for once more.
     *
     * @param drawn files of everything that was ever drawn
     * @param sealed files of everything that is sealed and was not dropped
     */
    Optional<String> problem(Set<String> drawn, Set<String> sealed) {
        if (listed.stream().anyMatch(file -> file.endsWith(Store.SEALED) && !drawn.contains(file))) {
            return Optional.of(said("holds sealed files that this ledger has never drawn, so the ledger was set back or"
                    + " replaced. Restore the newest copy of the ledger."));
        }
        Set<String> there = new HashSet<>(listed);
        return sealed.stream().anyMatch(file -> !there.contains(file) && !store.holds(file))
                ? Optional.of(said("lacks files that this ledger has sealed, so the store was emptied, moved or"
                        + " replaced. Put it back."))
                : Optional.empty();
    }

    private String said(String what) {
        return "its store " + store.uri() + " " + what;
    }
}

package discreet.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the sealed files of a store with what its ledger knows. A ledger that was set back to an old copy,
 * or replaced, has forgotten charges, and its store shows it.
 */
final class StoreCheck {
    private StoreCheck() {}

    /**
     * Returns what is wrong, or empty if all is well. The files must be listed before the rows are read. A
     * file is made after its DRAW row was committed, so the rows know every file in the listing.
     *
     * @param files names in the store
     * @param drawn files of everything that was ever drawn
     * @param sealed files of everything that is sealed
     */
    static Optional<String> problem(Collection<String> files, Set<String> drawn, Set<String> sealed) {
        Set<String> there = new HashSet<>(files);
        if (files.stream().anyMatch(file -> file.endsWith(Store.SEALED) && !drawn.contains(file))) {
            return Optional.of("holds sealed files that this ledger has never drawn, so the ledger was set back or"
                    + " replaced. Restore the newest copy of the ledger.");
        }
        return there.containsAll(sealed)
                ? Optional.empty()
                : Optional.of("lacks files that this ledger has sealed, so the store was emptied, moved or replaced."
                        + " Put it back.");
    }
}

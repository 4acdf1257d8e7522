package discreet.ledger;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a store with what its ledger knows. A ledger that was set back to an old copy, or replaced, has
 * forgotten charges, and its store shows it by its marks ({@link StoreMark}) and by its sealed files.
 *
 * @param listed names of the files in the store, listed before the rows are read. A mark is made after its
 *     row was committed, and a sealed file after its DRAW row, so the rows know every file in the listing
 */
record StoreCheck(Store store, List<String> listed) {

    /**
     * Returns what is wrong, or empty if all is well. A sealed file that is not in the listing may have come
     * after it, so it is looked for once more.
     */
    Optional<String> problem(PopulationTransaction transaction) throws SQLException {
        Optional<String> set = setBack(transaction);
        if (set.isPresent()) {
            return set;
        }
        Set<String> there = new HashSet<>(listed);
        return transaction.walk().sealed().stream().anyMatch(file -> !there.contains(file) && !store.holds(file))
                ? Optional.of(said("lacks files that this ledger has sealed, so the store was emptied, moved or"
                        + " replaced. Put it back."))
                : Optional.empty();
    }

    /**
     * Returns why the ledger must have been set back or replaced, or empty if the store shows nothing of the
     * kind. Files that the store lacks are not looked for.
     */
    Optional<String> setBack(PopulationTransaction transaction) throws SQLException {
        Optional<String> foreign = foreignMark(transaction);
        if (foreign.isPresent()) {
            return foreign;
        }
        Set<String> drawn = transaction.walk().drawn();
        return listed.stream().anyMatch(file -> file.endsWith(Store.SEALED) && !drawn.contains(file))
                ? Optional.of(said("holds sealed files that this ledger has never drawn, so the ledger was set back or"
                        + " replaced. Restore the newest copy of the ledger."))
                : Optional.empty();
    }

    /** Returns what is wrong with the marks of the store, or empty if all of them are rows of this ledger. */
    Optional<String> foreignMark(PopulationTransaction transaction) throws SQLException {
        List<StoreMark> marks = StoreMark.among(listed).toList();
        if (marks.isEmpty()) {
            return Optional.of(said("has no mark of this ledger, so the store was emptied or replaced, or the ledger is"
                    + " a copy without its store. Put the store back, or any copy of it."));
        }
        for (StoreMark mark : marks) {
            if (!transaction.hash(mark.seq()).equals(Optional.of(mark.hash()))) {
                return Optional.of(said(
                        mark.seq() == 1
                                ? "is the store of another population or of another ledger. Put the right one back."
                                : "was marked by rows that this ledger does not have, so the ledger was set back or is"
                                        + " an old copy. Restore the newest copy of the ledger."));
            }
        }
        return Optional.empty();
    }

    private String said(String what) {
        return "its store " + store.uri() + " " + what;
    }
}

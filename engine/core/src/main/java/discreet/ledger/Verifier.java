package discreet.ledger;

import discreet.RunException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies a population without trusting any of it: the chain ({@link ChainWalk}), the sums kept beside it,
 * the store ({@link StoreCheck}) and the bytes of every sealed file. If all of a chain is rewritten, hashes
 * included, the marks of its store reveal it, and chain heads that were kept elsewhere, such as a model's. If
 * ledger and store are set back together, only the latter do.
 */
final class Verifier {
    private final String population;
    private final Store store;
    private final StoreListing listing;
    private final List<LedgerRow> seals = new ArrayList<>();

    /** @param listing the files of the store, listed before the rows are read */
    Verifier(String population, Store store, StoreListing listing) {
        this.population = population;
        this.store = store;
        this.listing = listing;
    }

    /**
     * Walks all rows, and compares them with the sums and with the listing of the store.
     *
     * @param transaction with a walk that has seen no row yet
     */
    Verification chain(PopulationTransaction transaction) throws SQLException {
        ChainWalk walk = transaction.walk();
        long rows = walk.seen();
        ChainWalk.Defect defect = walk.defect();
        if (defect != null) {
            return Verification.broken(rows, defect.seq(), defect.reason());
        }
        if (transaction.rowCount() > walk.rows()) {
            return Verification.broken(rows, walk.rows() + 1, "rows are missing at the end");
        }
        if (!transaction.agreesWith(walk)) {
            return Verification.wrongSums(
                    rows, "the sums kept with population '" + population + "' are not those of its rows");
        }
        for (LedgerRow seal : transaction.seals()) {
            if (walk.sealed().contains(file(seal))) {
                seals.add(seal);
            }
        }
        try {
            Optional<String> problem = new StoreCheck(store, listing.files()).setBack(transaction);
            return problem.map(reason -> Verification.wrongStore(rows, reason))
                    .orElseGet(() -> Verification.intact(rows));
        } catch (RunException e) {
            return Verification.wrongStore(rows, e.getMessage());
        }
    }

    /** Reads every sealed file, if {@link #chain} found nothing wrong. */
    Verification files(Verification chain) {
        if (!chain.ok()) {
            return chain;
        }
        for (LedgerRow seal : seals) {
            try {
                SealedFile.check(store, file(seal), SealedFile.Digest.of(seal));
            } catch (RunException e) {
                return Verification.broken(chain.rows(), seal.seq(), e.getMessage());
            }
        }
        return chain;
    }

    private static String file(LedgerRow seal) {
        return Store.sealed(seal.release(), seal.vector(), seal.attempt());
    }
}

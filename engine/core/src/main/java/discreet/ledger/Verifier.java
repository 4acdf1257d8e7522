package discreet.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.DiscreetException;
import discreet.RunException;
import discreet.ledger.LedgerRow.Kind;
import discreet.privacy.Composition;
import discreet.privacy.PrivacyCost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a chain without trusting any of it. It checks the hashes, the order of the protocol, the cap, the
 * sums and the files. If all of a chain is rewritten, hashes included, only a chain head that was kept
 * elsewhere, such as a model's, reveals it.
 */
final class Verifier {

    private final String population;
    private final Store store;
    private final List<String> listed;
    private final Set<String> files = new HashSet<>();
    private final List<LedgerRow> seals = new ArrayList<>();
    private final Map<String, String> plans = new HashMap<>();
    private final Map<String, VectorProgress> vectors = new HashMap<>();
    private final Composition composition = new Composition();
    private PrivacyCost charged = PrivacyCost.NOTHING;
    private @Nullable AdmissionCache admissions;
    private boolean closed;

    /** @param listed the files of the store, listed before the rows are read */
    Verifier(String population, Store store, List<String> listed) {
        this.population = population;
        this.store = store;
        this.listed = List.copyOf(listed);
    }

    /** Tracks how far the walk has seen one vector come. */
    private static final class VectorProgress {
        private int attempts;
        private PrivacyCost reserved = PrivacyCost.NOTHING;
        private final Set<Integer> drawn = new HashSet<>();
        private boolean sealed;
        private boolean returned;
    }

    /**
     * Walks the rows and compares them with what is kept beside them.
     *
     * @param sums what the population is said to have been charged
     * @param count number of rows that there should be
     * @param head what the hash of the last row should be
     */
    Verification chain(List<LedgerRow> rows, PrivacyCost sums, long count, String head) {
        String previous = LedgerRow.FIRST_PREVIOUS;
        long seq = 0;
        for (LedgerRow row : rows) {
            seq++;
            String reason = row.seq() != seq ? "a row is missing before it" : defect(row, previous);
            if (reason != null) {
                return Verification.broken(rows.size(), seq, reason);
            }
            previous = row.hash();
        }
        if (count > seq) {
            return Verification.broken(rows.size(), seq + 1, "rows are missing at the end");
        }
        if (!sums.equals(charged) || count != seq || !head.equals(previous)) {
            return Verification.wrongSums(
                    rows.size(), "the sums kept with population '" + population + "' are not those of its rows");
        }
        return Verification.intact(rows.size());
    }

    private @Nullable String defect(LedgerRow row, String previous) {
        if (!row.population().equals(population) || !row.previous().equals(previous)) {
            return "it does not follow the row before it";
        }
        if (!row.hash().equals(row.computedHash())) {
            return "it was changed: its hash differs";
        }
        if ((row.seq() == 1) != row.is(Kind.OPEN)) {
            return "a population is opened by its first row and no other";
        }
        if (closed && !row.is(Kind.SEAL) && !row.is(Kind.RETURN) && !row.is(Kind.DROP)) {
            return "the population was closed before it";
        }
        try {
            return switch (Kind.valueOf(row.kind())) {
                case OPEN -> open(row);
                case RESERVE -> reserve(row);
                case DRAW -> draw(row);
                case SEAL -> seal(row);
                case RETURN -> giveBack(row);
                case DROP -> drop(row);
                case CLOSE -> close();
            };
        } catch (IllegalArgumentException | DiscreetException e) {
            return "it cannot be understood";
        }
    }

    private @Nullable String open(LedgerRow row) {
        admissions = new AdmissionCache(PopulationTransaction.Terms.of(row).cap());
        return null;
    }

    private @Nullable String close() {
        closed = true;
        return null;
    }

    private VectorProgress progress(LedgerRow row) {
        // No vector's name has a slash, so the key is unambiguous.
        return vectors.computeIfAbsent(row.vector() + "/" + row.release(), key -> new VectorProgress());
    }

    private @Nullable String reserve(LedgerRow row) {
        VectorProgress progress = progress(row);
        if (!row.body().equals(plans.computeIfAbsent(row.release(), id -> row.body()))) {
            return "the release was reserved with other parameters before it";
        }
        if (row.attempt() != progress.attempts + 1
                || progress.sealed
                || progress.returned
                || (progress.attempts > 0 && !progress.drawn.contains(progress.attempts))) {
            return "the vector did not have to be charged";
        }
        progress.attempts = row.attempt();
        progress.reserved = row.price();
        composition.add(ReleasePlan.hashRange(row.body()), row.price());
        charged = composition.total();
        return admissions != null && admissions.admits(charged) ? null : "it exceeds the cap";
    }

    private @Nullable String draw(LedgerRow row) {
        VectorProgress progress = progress(row);
        if (row.attempt() != progress.attempts
                || progress.attempts == 0
                || progress.sealed
                || progress.returned
                || !progress.drawn.add(row.attempt())) {
            return "the vector was drawn without being charged for";
        }
        files.add(Store.sealed(row.release(), row.vector(), row.attempt()));
        return row.price().isWithin(progress.reserved) ? null : "the vector cost more than was charged";
    }

    private @Nullable String giveBack(LedgerRow row) {
        VectorProgress progress = progress(row);
        if (row.attempt() != progress.attempts
                || progress.attempts == 0
                || progress.sealed
                || progress.returned
                || progress.drawn.contains(row.attempt())) {
            return "a vector was given back that may have been drawn";
        }
        if (!row.price().equals(progress.reserved) || !row.body().equals(plans.get(row.release()))) {
            return "it gives back something else than was charged";
        }
        progress.returned = true;
        composition.remove(ReleasePlan.hashRange(row.body()), row.price());
        charged = composition.total();
        return null;
    }

    private @Nullable String drop(LedgerRow row) {
        boolean wasThere = seals.removeIf(seal -> seal.release().equals(row.release())
                && seal.vector().equals(row.vector())
                && seal.attempt() == row.attempt());
        return wasThere ? null : "a vector was dropped that is not sealed";
    }

    private @Nullable String seal(LedgerRow row) {
        VectorProgress progress = progress(row);
        if (progress.sealed || !progress.drawn.contains(row.attempt())) {
            return "the vector was sealed without being drawn";
        }
        digest(row); // fails on a body that cannot be understood
        progress.sealed = true;
        seals.add(row);
        return null;
    }

    /** Returns what a SEAL row says about its file. */
    static SealedFile.Digest digest(LedgerRow seal) {
        JsonNode body = CanonicalJson.read(seal.body());
        return new SealedFile.Digest(
                body.path("sha256").asText(), body.path("bytes").longValue());
    }

    /** Checks every sealed file, if the chain is sound. Call {@link #chain} first. */
    Verification files(Verification chain) {
        if (!chain.ok()) {
            return chain;
        }
        Optional<String> problem = new StoreCheck(store, listed).problem(files, Set.of());
        if (problem.isPresent()) {
            return Verification.wrongStore(chain.rows(), problem.get());
        }
        for (LedgerRow seal : seals) {
            try {
                SealedFile.check(store, Store.sealed(seal.release(), seal.vector(), seal.attempt()), digest(seal));
            } catch (RunException e) {
                return Verification.broken(chain.rows(), seal.seq(), e.getMessage());
            }
        }
        return chain;
    }
}

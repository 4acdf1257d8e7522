package discreet.ledger;

import discreet.DiscreetException;
import discreet.ledger.LedgerRow.Kind;
import discreet.privacy.Composition;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks along the rows of a population, checks each of them without trusting it, and sums up what they cost.
 * It checks the hashes, the order of the protocol and the cap. Somebody who has the database open by hand can
 * append rows that fit, which is what the protocol does, and no walk tells the two apart.
 *
 * <p>A walk can go on where it stopped. So a program checks every row once, and each charge checks only the
 * rows that came since. What is wrong stays found, and the rows after it are still summed as far as they can
 * be understood.
 *
 * <p>For use by one transaction at a time. If a transaction was rolled back, its walk has seen rows that do
 * not exist and must not be used again.
 */
final class ChainWalk {
    private final String population;
    private final Map<String, Plan> plans = new HashMap<>();
    private final Map<String, VectorProgress> vectors = new HashMap<>();
    private final Set<String> stopped = new HashSet<>();
    private final Set<String> drawn = new HashSet<>();
    private final Set<String> sealed = new HashSet<>();
    private Composition composition = new Composition();
    private @Nullable AdmissionCache admissions;
    private boolean closed;
    private long seen;
    private long rows;
    private String head = LedgerRow.FIRST_PREVIOUS;
    private @Nullable Defect defect;

    ChainWalk(String population) {
        this.population = population;
    }

    /**
     * Names the first row that is not as the protocol writes it.
     *
     * @param reason begins with "it"
     */
    record Defect(long seq, String reason) {}

    /** Holds what the RESERVE rows of a release have in common. */
    private record Plan(String body, @Nullable HashRange hashRange, Map<String, PrivacyCost> prices) {
        static Plan of(String body) {
            return new Plan(body, ReleasePlan.hashRange(body), ReleasePlan.prices(body));
        }
    }

    /** Tracks how far the walk has seen one vector come. */
    private static final class VectorProgress {
        private int attempts;
        private @Nullable LedgerRow reserved;
        private final Set<Integer> drawn = new HashSet<>(2);
        private boolean sealed;
        private boolean returned;
    }

    /** Returns the first row that is wrong, or null if all are right. */
    @Nullable
    Defect defect() {
        return defect;
    }

    /** Returns what the rows cost together. Disjoint hash ranges cost the maximum. */
    Composition composition() {
        return composition;
    }

    /** Returns the names of the files of everything that was ever drawn. */
    Set<String> drawn() {
        return drawn;
    }

    /** Returns the names of the files of everything that is sealed and was not dropped. */
    Set<String> sealed() {
        return sealed;
    }

    /** Returns how many releases were ever reserved. */
    int releases() {
        return plans.size();
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns how many rows there were. If one is missing, the number of the last row is larger. */
    long seen() {
        return seen;
    }

    /** Returns the number of the last row. */
    long rows() {
        return rows;
    }

    /** Returns the hash of the last row. */
    String head() {
        return head;
    }

    /** Forgets all rows. */
    void restart() {
        plans.clear();
        vectors.clear();
        stopped.clear();
        drawn.clear();
        sealed.clear();
        composition = new Composition();
        admissions = null;
        closed = false;
        seen = 0;
        rows = 0;
        head = LedgerRow.FIRST_PREVIOUS;
        defect = null;
    }

    /** Takes the next row. */
    void add(LedgerRow row) {
        long expected = rows + 1;
        Optional<String> reason = row.seq() == expected ? wrong(row) : Optional.of("a row is missing before it");
        if (reason.isPresent() && defect == null) {
            defect = new Defect(expected, reason.get());
        }
        seen++;
        rows = row.seq();
        head = row.hash();
    }

    private Optional<String> wrong(LedgerRow row) {
        Optional<String> written = asWritten(row);
        Optional<String> allowed;
        try {
            allowed = byTheProtocol(row);
        } catch (IllegalArgumentException | DiscreetException e) {
            allowed = Optional.of("it cannot be understood");
        }
        return written.isPresent() ? written : allowed;
    }

    private Optional<String> asWritten(LedgerRow row) {
        if (!row.population().equals(population) || !row.previous().equals(head)) {
            return Optional.of("it does not follow the row before it");
        }
        return check(row.hash().equals(row.computedHash()), "it was changed: its hash differs");
    }

    private static Optional<String> check(boolean right, String otherwise) {
        return right ? Optional.empty() : Optional.of(otherwise);
    }

    private Optional<String> byTheProtocol(LedgerRow row) {
        if ((row.seq() == 1) != row.is(Kind.OPEN)) {
            return Optional.of("a population is opened by its first row and no other");
        }
        boolean endsOnly = row.is(Kind.SEAL) || row.is(Kind.RETURN) || row.is(Kind.DROP);
        Optional<String> wrong = switch (Kind.valueOf(row.kind())) {
            case OPEN -> open(row);
            case RESERVE -> reserve(row);
            case DRAW -> draw(row);
            case SEAL -> seal(row);
            case RETURN -> giveBack(row);
            case DROP -> drop(row);
            case CLOSE -> Optional.empty();
        };
        if (closed && !endsOnly) {
            return Optional.of("the population was closed before it");
        }
        closed |= row.is(Kind.CLOSE);
        return wrong;
    }

    private Optional<String> open(LedgerRow row) {
        admissions = new AdmissionCache(PopulationTransaction.Terms.of(row).cap());
        return Optional.empty();
    }

    private VectorProgress progress(LedgerRow row) {
        // No vector's name has a slash, so the key is unambiguous.
        return vectors.computeIfAbsent(row.vector() + "/" + row.release(), key -> new VectorProgress());
    }

    private Optional<String> reserve(LedgerRow row) {
        Plan plan = plans.computeIfAbsent(row.release(), id -> Plan.of(row.body()));
        VectorProgress progress = progress(row);
        boolean isDue = row.attempt() == progress.attempts + 1
                && !progress.sealed
                && !progress.returned
                && (progress.attempts == 0 || progress.drawn.contains(progress.attempts));
        progress.attempts = row.attempt();
        progress.reserved = row;
        composition.add(plan.hashRange(), row.price());
        if (!row.body().equals(plan.body())) {
            return Optional.of("the release was reserved with other parameters before it");
        }
        if (stopped.contains(row.release())) {
            return Optional.of("the release was stopped before it");
        }
        if (!isDue) {
            return Optional.of("the vector did not have to be charged");
        }
        if (admissions == null || !admissions.admits(composition.total())) {
            return Optional.of("it exceeds the cap");
        }
        return check(row.price().equals(plan.prices().get(row.vector())), "it is not what the release planned");
    }

    private Optional<String> draw(LedgerRow row) {
        VectorProgress progress = progress(row);
        boolean isPaid = row.attempt() == progress.attempts
                && progress.reserved != null
                && !progress.sealed
                && !progress.returned
                && progress.drawn.add(row.attempt());
        drawn.add(file(row));
        if (stopped.contains(row.release())) {
            return Optional.of("the release was stopped before it");
        }
        if (!isPaid || progress.reserved == null) {
            return Optional.of("the vector was drawn without being charged for");
        }
        return check(row.price().isWithin(progress.reserved.price()), "the vector cost more than was charged");
    }

    private Optional<String> seal(LedgerRow row) {
        VectorProgress progress = progress(row);
        boolean isDrawn = !progress.sealed && progress.drawn.contains(row.attempt());
        progress.sealed = true;
        sealed.add(file(row));
        SealedFile.Digest.of(row); // fails on a body that cannot be understood
        return check(isDrawn, "the vector was sealed without being drawn");
    }

    private Optional<String> giveBack(LedgerRow row) {
        VectorProgress progress = progress(row);
        LedgerRow reserved = progress.reserved;
        stopped.add(row.release());
        if (row.attempt() != progress.attempts
                || reserved == null
                || progress.sealed
                || progress.returned
                || progress.drawn.contains(row.attempt())) {
            return Optional.of("a vector was given back that may have been drawn");
        }
        if (!row.price().equals(reserved.price()) || !row.body().equals(reserved.body())) {
            return Optional.of("it gives back something else than was charged");
        }
        progress.returned = true;
        composition.remove(ReleasePlan.hashRange(row.body()), row.price());
        return Optional.empty();
    }

    private Optional<String> drop(LedgerRow row) {
        return check(sealed.remove(file(row)), "a vector was dropped that is not sealed");
    }

    private static String file(LedgerRow row) {
        return Store.sealed(row.release(), row.vector(), row.attempt());
    }
}

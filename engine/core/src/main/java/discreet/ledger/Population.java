package discreet.ledger;

import discreet.BudgetException;
import discreet.InputException;
import discreet.Remedy;
import discreet.RunException;
import discreet.ledger.LedgerRow.Kind;
import discreet.ledger.ProtocolListener.Step;
import discreet.ledger.ReleaseStatus.VectorStatus;
import discreet.privacy.Budget;
import discreet.privacy.Composition;
import discreet.privacy.Delta;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts the privacy losses of a group of users together, under a cap that never changes. The operator names
 * the population, not a path or a hash of the data, because the users stay the same while their ratings
 * change.
 *
 * <p>What may have been drawn stays charged. What was never drawn can be given back
 * ({@link ChargedRelease#stop}). Costs are composed over the rows in integers, and OpenDP converts
 * them to compare with the cap (see {@link Budget#admits(PrivacyCost)}).
 */
public final class Population {

    private final Database database;
    private final ProtocolListener listener;
    private final String name;
    private final Budget budget;
    private final AdmissionCache admissions;
    private final Store store;

    /** The walk of the latest transaction, or null while a transaction uses it. */
    private final AtomicReference<@Nullable ChainWalk> latestWalk = new AtomicReference<>();

    Population(Database database, ProtocolListener listener, String name, Budget cap, Store store) {
        this.database = database;
        this.listener = listener;
        this.name = name;
        this.budget = cap;
        this.admissions = new AdmissionCache(cap);
        this.store = store;
    }

    public String name() {
        return name;
    }

    public Budget cap() {
        return budget;
    }

    Store store() {
        return store;
    }

    ProtocolListener listener() {
        return listener;
    }

    /**
     * Charges a release in one durable transaction, before any of it is drawn. A release whose run was killed
     * is taken up again, and {@link ChargedRelease#release} says what that costs for each vector. A release
     * whose vectors are all sealed is free, even if the budget is used up or the population closed.
     *
     * @param started when the release began, taken before any row of data was read. All rows of the release
     *     show it, so that they do not tell how long the data took
     * @throws InputException if this id was reserved with other parameters or vectors
     * @throws BudgetException if the cap does not admit the charge, or the population is closed. Nothing is
     *     appended
     * @throws RunException if the release was stopped for good ({@link ChargedRelease#stop}), a row of the
     *     chain was changed, or the store cannot be written to or is not this ledger's. Nothing is appended
     *     then. If the store fails right after the charge, a rerun finds it paid for
     */
    public ChargedRelease reserve(ReleasePlan plan, Instant started) {
        StoreListing listing = StoreListing.of(store);
        writeAndMark(listing, Step.CHARGED, transaction -> {
            transaction.startedAt(started.toEpochMilli());
            List<LedgerRow> rows = transaction.ofRelease(plan.releaseId());
            refuseMismatch(transaction, plan, rows);
            refuseStopped(rows);
            charge(transaction, plan, rows, plan.vectors(), listing);
            removeUnsealedFiles(plan, rows, listing);
            return plan;
        });
        listener.passed(Step.RESERVED);
        return new ChargedRelease(this, plan);
    }

    /** Charges a release that begins now, before any row of data was read. */
    public ChargedRelease reserve(ReleasePlan plan) {
        return reserve(plan, Instant.now());
    }

    private void refuseMismatch(PopulationTransaction transaction, ReleasePlan plan, List<LedgerRow> rows)
            throws SQLException {
        if (rows.isEmpty()) {
            refuseIdInOtherCase(transaction, plan);
        } else if (!rows.get(0).body().equals(plan.body())) {
            throw new InputException("Cannot charge population '" + name + "': release '" + plan.releaseId()
                    + "' was reserved with other parameters. Repeat those parameters, or use another release id.");
        }
    }

    private void refuseStopped(List<LedgerRow> rows) {
        for (LedgerRow row : rows) {
            if (row.is(Kind.RETURN)) {
                throw new RunException("Cannot go on with release '" + row.release() + "' of population '" + name
                        + "': it was stopped, and the price of what it had not drawn was given back. Use another"
                        + " release id.");
            }
        }
    }

    private void refuseIdInOtherCase(PopulationTransaction transaction, ReleasePlan plan) throws SQLException {
        List<LedgerRow> sameId = transaction.ofReleaseIgnoringCase(plan.releaseId());
        if (!sameId.isEmpty()) {
            throw new InputException("Cannot charge population '" + name + "': there is a release '"
                    + sameId.get(0).release() + "', and ids must differ by more than the case of letters. Use another"
                    + " release id.");
        }
    }

    /**
     * Refuses what {@link #reserve} would refuse at this moment, and charges nothing. So no data need be read
     * for a release that cannot be paid for. Another release may still use up the budget before this one is
     * reserved.
     *
     * @return what {@link #reserve} would charge. Vectors that are sealed, or paid for and never drawn, cost
     *     nothing
     * @throws InputException as {@link #reserve}
     * @throws BudgetException as {@link #reserve}
     */
    public PrivacyCost check(ReleasePlan plan) {
        StoreListing listing = StoreListing.of(store);
        return read(transaction -> {
            List<LedgerRow> rows = transaction.ofRelease(plan.releaseId());
            refuseMismatch(transaction, plan, rows);
            refuseStopped(rows);
            return due(transaction, plan, rows, plan.vectors(), listing).keySet().stream()
                    .map(PlannedVector::price)
                    .reduce(PrivacyCost.NOTHING, PrivacyCost::plus);
        });
    }

    /**
     * Returns what the population would have been charged in all if this cost were charged to the users of a
     * hash range, or to all users if the range is null.
     */
    public PrivacyCost chargedWith(@Nullable HashRange hashRange, PrivacyCost price) {
        return read(transaction -> transaction.walk().composition().totalWith(hashRange, price));
    }

    /** Appends a RESERVE row for each of these vectors that needs one, either for all of them or for none. */
    private void charge(
            PopulationTransaction transaction,
            ReleasePlan plan,
            List<LedgerRow> rows,
            List<PlannedVector> vectors,
            StoreListing listing)
            throws SQLException {
        for (Map.Entry<PlannedVector, Integer> entry :
                due(transaction, plan, rows, vectors, listing).entrySet()) {
            PlannedVector vector = entry.getKey();
            transaction.append(
                    Kind.RESERVE, plan.releaseId(), vector.name(), entry.getValue(), vector.price(), plan.body());
        }
    }

    /**
     * Returns the vectors that have to be charged, with the attempt that each is charged for, if the budget
     * and the store allow it.
     */
    private Map<PlannedVector, Integer> due(
            PopulationTransaction transaction,
            ReleasePlan plan,
            List<LedgerRow> rows,
            List<PlannedVector> vectors,
            StoreListing listing)
            throws SQLException {
        Map<PlannedVector, Integer> due = new LinkedHashMap<>();
        boolean unsealed = false;
        PrivacyCost price = PrivacyCost.NOTHING;
        for (PlannedVector vector : vectors) {
            VectorRows state = VectorRows.of(rows, vector.name());
            unsealed |= state.seal() == null;
            if (state.isDue()) {
                due.put(vector, state.attempts() + 1);
                price = price.plus(vector.price());
            }
        }
        if (!unsealed) {
            return due;
        }
        Optional<String> chain = transaction.chainProblem(); // before any of its rows is believed
        if (chain.isPresent()) {
            throw refused("charge", chain.get());
        }
        if (transaction.walk().isClosed()) {
            throw new BudgetException("Cannot charge population '" + name
                    + "': it is closed. Releases that are sealed can still be used by their id.");
        }
        Optional<String> problem = new StoreCheck(store, listing.files()).problem(transaction);
        if (problem.isPresent()) {
            throw refused("charge", problem.get());
        }
        if (!due.isEmpty()) {
            Composition charged = transaction.walk().composition();
            if (!admissions.admits(charged.totalWith(plan.hashRange(), price))) {
                throw overCap(charged.totalIn(plan.hashRange()), price);
            }
        }
        return due;
    }

    private static Optional<String> problem(PopulationTransaction transaction, StoreListing listing, Store store)
            throws SQLException {
        Optional<String> chain = transaction.chainProblem();
        return chain.isPresent() ? chain : new StoreCheck(store, listing.files()).problem(transaction);
    }

    private RunException refused(String doing, String problem) {
        return new RunException("Cannot " + doing + " population '" + name + "': " + problem);
    }

    /**
     * Returns why the figures of this ledger must not be believed, or empty if they may be. Rows of the chain
     * may have been changed, or ledger and store do not belong together. A ledger that has forgotten charges
     * looks as if more were left.
     *
     * <p>Every row is checked once in the life of this object, and sealed files are looked for and not read.
     * {@link #verify} reads them, too.
     *
     * @throws RunException if the chain is sound and the store cannot be read
     */
    public Optional<String> problem() {
        StoreListing listing = StoreListing.toRead(store);
        return read(transaction -> problem(transaction, listing, store));
    }

    private BudgetException overCap(PrivacyCost charged, PrivacyCost price) {
        Delta delta = charged.delta().plus(price.delta());
        if (!budget.admits(delta)) {
            return new BudgetException("Cannot charge population '" + name + "': of the delta "
                    + figure(budget.deltaForItems().toDouble())
                    + " that is set apart for item ids not enough is left, and this release costs "
                    + figure(price.delta().toDouble())
                    + " of it, because it selects item ids privately. The cap of a population never rises: list the"
                    + " items in a public file (`items`), which costs no delta.");
        }
        double left = budget.epsilonLeft(charged);
        double cost = budget.epsilon(price);
        return new BudgetException(
                "Cannot charge population '" + name + "': "
                        + (left > 0 ? figureDown(left) : "nothing") + " of epsilon " + figure(budget.epsilon())
                        + " is left and this release costs "
                        + (cost < Double.POSITIVE_INFINITY ? figure(cost) : "more than any epsilon pays for")
                        + ". The cap of a population never rises: "
                        + (left > 0 ? "ask for a smaller epsilon, or " : "") + "plan fewer releases.",
                Remedy.planReleases(name));
    }

    /**
     * Removes the files that attempts without a seal left behind, including probes. This happens inside the
     * transaction, so that a driver that is still at work on such a file cannot seal it after it is gone,
     * because sealing looks for the file under the same lock.
     */
    private void removeUnsealedFiles(ReleasePlan plan, List<LedgerRow> rows, StoreListing listing) {
        if (!rows.isEmpty() && !isSealed(plan, rows)) {
            listing.files().stream()
                    .filter(file -> Store.isProbeOf(plan.releaseId(), file))
                    .forEach(store::delete);
        }
        for (LedgerRow draw : rows) {
            if (draw.is(Kind.DRAW)) {
                LedgerRow seal = VectorRows.of(rows, draw.vector()).seal();
                if (seal == null || seal.attempt() != draw.attempt()) {
                    store.delete(Store.sealed(draw.release(), draw.vector(), draw.attempt()));
                }
            }
        }
    }

    private static boolean isSealed(ReleasePlan plan, List<LedgerRow> rows) {
        return plan.vectors().stream()
                .allMatch(vector -> VectorRows.of(rows, vector.name()).seal() != null);
    }

    /** Returns the SEAL row of a vector, or null if it is not sealed. */
    @Nullable
    LedgerRow seal(ReleasePlan plan, PlannedVector vector) {
        return read(transaction -> VectorRows.of(transaction.ofRelease(plan.releaseId()), vector.name()))
                .seal();
    }

    /**
     * Appends DRAW for an attempt that is paid for and was never drawn. If another driver has drawn the
     * attempt meanwhile, the vector is charged again first.
     *
     * <p>Two copies of a ledger may run at once. Each of them marks the store and looks at it again before
     * noise is drawn, so at least one of the two sees the mark of the other and stops.
     *
     * @return the DRAW row, or the SEAL row if the vector was sealed meanwhile
     */
    LedgerRow draw(ReleasePlan plan, PlannedVector vector, PrivacyCost cost, String body) {
        LedgerRow row = appendDraw(plan, vector, cost, body);
        if (row.is(Kind.DRAW)) {
            StoreListing listing = StoreListing.toRead(store);
            Optional<String> foreign =
                    read(transaction -> new StoreCheck(store, listing.files()).foreignMark(transaction));
            if (foreign.isPresent()) {
                throw refused("draw from", foreign.get());
            }
        }
        return row;
    }

    private LedgerRow appendDraw(ReleasePlan plan, PlannedVector vector, PrivacyCost cost, String body) {
        StoreListing listing = StoreListing.of(store);
        return writeAndMark(listing, Step.DRAW_APPENDED, transaction -> {
            List<LedgerRow> rows = transaction.ofRelease(plan.releaseId());
            VectorRows before = VectorRows.of(rows, vector.name());
            if (before.seal() != null) {
                return before.seal();
            }
            refuseStopped(rows);
            charge(transaction, plan, rows, List.of(vector), listing);
            int attempt = before.isDue() ? before.attempts() + 1 : before.attempts();
            return transaction.append(Kind.DRAW, plan.releaseId(), vector.name(), attempt, cost, body);
        });
    }

    /**
     * Appends SEAL, unless another driver was first.
     *
     * @return the SEAL row that holds, or empty if another driver took the release over and removed the file
     */
    Optional<LedgerRow> seal(LedgerRow draw, String file, String body) {
        return writeAndMark(StoreListing.NONE, Step.SEAL_APPENDED, transaction -> {
            LedgerRow sealed = VectorRows.of(transaction.ofRelease(draw.release()), draw.vector())
                    .seal();
            if (sealed != null) {
                return Optional.of(sealed);
            }
            if (!store.holds(file)) {
                return Optional.empty();
            }
            return Optional.of(transaction.append(
                    Kind.SEAL, draw.release(), draw.vector(), draw.attempt(), PrivacyCost.NOTHING, body));
        });
    }

    /**
     * Stops a release for good. Every vector that is paid for and was never drawn is given back, in one
     * durable transaction, and can never be drawn afterwards. A vector that another driver has drawn
     * meanwhile stays charged.
     *
     * @return what was given back
     */
    PrivacyCost giveBack(ReleasePlan plan) {
        StoreListing listing = StoreListing.of(store);
        return writeAndMark(listing, null, transaction -> {
            Optional<String> problem = problem(transaction, listing, store);
            if (problem.isPresent()) {
                throw refused("give back what was charged to", problem.get());
            }
            List<LedgerRow> rows = transaction.ofRelease(plan.releaseId());
            PrivacyCost sum = PrivacyCost.NOTHING;
            for (PlannedVector vector : plan.vectors()) {
                VectorRows state = VectorRows.of(rows, vector.name());
                if (state.isReturnable()) {
                    transaction.append(
                            Kind.RETURN,
                            plan.releaseId(),
                            vector.name(),
                            state.attempts(),
                            vector.price(),
                            plan.body());
                    sum = sum.plus(vector.price());
                }
            }
            return sum;
        });
    }

    /**
     * Returns whether another driver has sealed the vector of this DRAW row, or paid for another attempt at
     * it.
     */
    boolean isTakenOver(LedgerRow draw) {
        VectorRows now = VectorRows.of(rows(draw.release()), draw.vector());
        return now.seal() != null || now.attempts() != draw.attempt();
    }

    List<LedgerRow> rows(String release) {
        return read(transaction -> transaction.ofRelease(release));
    }

    /** Returns whether there is a release with this id, however far it has come. */
    public boolean isReserved(String releaseId) {
        return !rows(releaseId).isEmpty();
    }

    /** Returns where the population stands now. */
    public PopulationStatus status() {
        return read(transaction -> {
            ChainWalk walk = transaction.walk();
            boolean closed = walk.isClosed();
            PrivacyCost charged = walk.composition().total();
            return new PopulationStatus(
                    name,
                    budget,
                    store.uri(),
                    charged,
                    budget.epsilon(charged),
                    closed ? 0 : budget.epsilonLeft(charged),
                    walk.releases(),
                    closed,
                    transaction.head(),
                    transaction.openedAt());
        });
    }

    /** Returns all releases in the order in which they were reserved, with how far they have come. */
    public List<ReleaseStatus> releases() {
        return read(transaction -> {
            Map<String, List<LedgerRow>> byRelease = new LinkedHashMap<>();
            for (LedgerRow row : transaction.all()) {
                if (!row.release().isEmpty()) {
                    byRelease
                            .computeIfAbsent(row.release(), id -> new ArrayList<>())
                            .add(row);
                }
            }
            List<ReleaseStatus> releases = new ArrayList<>();
            for (Map.Entry<String, List<LedgerRow>> entry : byRelease.entrySet()) {
                releases.add(understood(entry.getKey(), entry.getValue()));
            }
            return List.copyOf(releases);
        });
    }

    private ReleaseStatus understood(String id, List<LedgerRow> rows) {
        try {
            return release(id, rows);
        } catch (IllegalArgumentException | InputException e) {
            throw new RunException(
                    "Cannot read release '" + id + "' of population '" + name
                            + "': its rows are not as they were written. Verify the ledger.",
                    Remedy.verifyLedger(),
                    e);
        }
    }

    private static ReleaseStatus release(String id, List<LedgerRow> rows) {
        Set<String> names = new LinkedHashSet<>();
        for (LedgerRow row : rows) {
            names.add(row.vector());
        }
        List<VectorStatus> vectors = new ArrayList<>();
        for (String vector : names) {
            VectorRows state = VectorRows.of(rows, vector);
            List<LedgerRow> own =
                    rows.stream().filter(row -> row.vector().equals(vector)).toList();
            vectors.add(new VectorStatus(vector, state.state(), state.attempts(), price(own)));
        }
        String body = rows.get(0).body();
        String parameters = CanonicalJson.text(CanonicalJson.read(body).path("parameters"));
        return new ReleaseStatus(
                id,
                Instant.ofEpochMilli(rows.get(0).time()),
                parameters,
                ReleasePlan.hashRange(body),
                price(rows),
                vectors);
    }

    /** Returns what the rows of one release charge, without what they give back. */
    static PrivacyCost price(List<LedgerRow> rows) {
        PrivacyCost price = PrivacyCost.NOTHING;
        for (LedgerRow row : rows) {
            // A RETURN row gives back the RESERVE row of its attempt, which is the last one of its vector
            boolean isKept = row.is(Kind.RESERVE)
                    && rows.stream()
                            .noneMatch(other -> other.is(Kind.RETURN)
                                    && other.vector().equals(row.vector())
                                    && other.attempt() == row.attempt());
            price = isKept ? price.plus(row.price()) : price;
        }
        return price;
    }

    /**
     * Records that the sealed files of a release are removed on purpose, and removes them. What was charged
     * stays charged, and the files are never drawn again. Without this record, a ledger whose sealed files
     * are missing charges nothing more. Killed between the two, it removes the files when it is run again.
     *
     * @return how many files were recorded as removed
     * @throws InputException if the release has no sealed file left
     * @throws RunException if the store is not this ledger's, or a row of the chain was changed. Nothing is
     *     removed
     */
    public int drop(String releaseId) {
        StoreListing listing = StoreListing.of(store);
        List<LedgerRow> seals = new ArrayList<>();
        int dropped = writeAndMark(listing, null, transaction -> {
            Optional<String> chain = transaction.chainProblem();
            Optional<String> problem =
                    chain.isPresent() ? chain : new StoreCheck(store, listing.files()).setBack(transaction);
            if (problem.isPresent()) {
                throw refused("drop a release of", problem.get());
            }
            List<LedgerRow> rows = transaction.ofRelease(releaseId);
            rows.stream().filter(row -> row.is(Kind.SEAL)).forEach(seals::add);
            int appended = 0;
            for (LedgerRow seal : seals) {
                if (!isDropped(rows, seal)) {
                    transaction.append(Kind.DROP, releaseId, seal.vector(), seal.attempt(), PrivacyCost.NOTHING, "{}");
                    appended++;
                }
            }
            return appended;
        });
        seals.forEach(seal -> store.delete(Store.sealed(seal.release(), seal.vector(), seal.attempt())));
        if (dropped == 0) {
            throw new InputException(
                    "Cannot drop release '" + releaseId + "': population '" + name
                            + "' has no sealed file of it. See what its releases have sealed.",
                    Remedy.showReleases(name));
        }
        return dropped;
    }

    /** Returns whether the sealed files of a release were removed on purpose, all or some of them. */
    public boolean isDropped(String releaseId) {
        return rows(releaseId).stream().anyMatch(row -> row.is(Kind.DROP));
    }

    private static boolean isDropped(List<LedgerRow> rows, LedgerRow seal) {
        return rows.stream()
                .anyMatch(row ->
                        row.is(Kind.DROP) && row.vector().equals(seal.vector()) && row.attempt() == seal.attempt());
    }

    /**
     * Returns the sealed values of a vector of a release that is paid for. Reading them again costs nothing.
     *
     * @throws InputException if there is no such vector, or it is not sealed
     * @throws RunException if its file is not what was sealed
     */
    public Released sealed(String releaseId, String vector) {
        LedgerRow seal = read(transaction -> VectorRows.of(transaction.ofRelease(releaseId), vector))
                .seal();
        if (seal == null) {
            throw new InputException(
                    "Cannot read '" + vector + "' of release '" + releaseId + "': population '" + name
                            + "' has no such sealed vector. See what its releases have sealed.",
                    Remedy.showReleases(name));
        }
        return sealed(seal);
    }

    Released sealed(LedgerRow seal) {
        if (isDropped(rows(seal.release()), seal)) {
            throw new RunException("Cannot read '" + seal.vector() + "' of release '" + seal.release()
                    + "': its file was removed on purpose. A new release under another id is charged.");
        }
        String file = Store.sealed(seal.release(), seal.vector(), seal.attempt());
        Released released = SealedFile.read(store, file, digest(seal));
        SealedHeader header = released.header();
        if (!header.population().equals(name)
                || !header.release().equals(seal.release())
                || !header.vector().equals(seal.vector())
                || header.attempt() != seal.attempt()) {
            throw new RunException(
                    "Cannot read " + store.place(file) + ": it says that it is another vector's. Verify the ledger.",
                    Remedy.verifyLedger());
        }
        return released;
    }

    private SealedFile.Digest digest(LedgerRow seal) {
        try {
            return SealedFile.Digest.of(seal);
        } catch (IllegalArgumentException e) {
            throw new RunException(
                    "Cannot read '" + seal.vector() + "' of release '" + seal.release() + "' of population '" + name
                            + "': its row is not as it was written. Verify the ledger.",
                    Remedy.verifyLedger(),
                    e);
        }
    }

    /**
     * Returns whether this chain has a row with that hash. A model carries the head of the chain it came
     * from. If a ledger does not hold that head (because it was lost, replaced or set back to an old copy),
     * it does not know what was charged and must not charge for more.
     */
    public boolean holds(String chainHead) {
        return releaseOf(chainHead).isPresent();
    }

    /**
     * Returns the release that a row belongs to, which is empty text for a row of no release. Empty if there
     * is no row with that hash.
     */
    public Optional<String> releaseOf(String rowHash) {
        return read(transaction -> transaction.withHash(rowHash)).map(LedgerRow::release);
    }

    /**
     * Walks the chain anew, sums it up again, compares it with the marks of the store and reads every sealed
     * file.
     */
    public Verification verify() {
        Verifier verifier = new Verifier(name, store, StoreListing.toRead(store));
        Verification chain = database.read(
                () -> {
                    throw SqlLedger.unknown(name);
                },
                connection -> verifier.chain(
                        requireKnown(PopulationTransaction.view(connection, name, new ChainWalk(name)))));
        // Files are read after the transaction, because a release must not wait for them.
        return verifier.files(chain);
    }

    /**
     * Closes the population and ends its budget for good. Nothing is drawn from this population any more, and
     * sealed values stay readable. Closing a closed population changes nothing.
     *
     * <p>A population whose store is lost can be closed, too. So the store is marked only if it is this
     * ledger's.
     */
    public void close() {
        StoreListing listing = StoreListing.of(store);
        Optional<StoreMark> mark = write(transaction -> {
            if (!transaction.walk().isClosed()) {
                transaction.append(Kind.CLOSE, "", "", 0, PrivacyCost.NOTHING, "{}");
            }
            return isOwn(transaction, listing) ? transaction.newMark() : Optional.empty();
        });
        mark.ifPresent(written -> mark(written, listing));
    }

    private boolean isOwn(PopulationTransaction transaction, StoreListing listing) throws SQLException {
        return listing.isReadable()
                && new StoreCheck(store, listing.files())
                        .foreignMark(transaction)
                        .isEmpty();
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(PopulationTransaction transaction) throws SQLException;
    }

    private <T> T write(Work<T> work) {
        return withWalk(walk -> database.write(
                () -> {
                    throw SqlLedger.unknown(name);
                },
                connection -> {
                    PopulationTransaction transaction =
                            requireKnown(PopulationTransaction.lock(connection, database.dialect(), name, walk));
                    T result = work.on(transaction);
                    refuseBroken(transaction.broken());
                    return result;
                }));
    }

    private void refuseBroken(ChainWalk.@Nullable Defect broken) {
        if (broken != null) {
            throw refused(
                    "append to",
                    "row " + broken.seq() + " would not fit its chain (" + broken.reason()
                            + "), so a row before it was changed. Restore ledger and store from a copy.");
        }
    }

    /**
     * Runs a transaction that appends, and marks the store with the last row before anything else is done.
     *
     * @param listing the store as it was before
     * @param appended passed between the commit and the mark, or null for none
     */
    private <T> T writeAndMark(StoreListing listing, @Nullable Step appended, Work<T> work) {
        List<StoreMark> marks = new ArrayList<>();
        T result = write(transaction -> {
            T done = work.on(transaction);
            transaction.newMark().ifPresent(marks::add);
            return done;
        });
        for (StoreMark mark : marks) {
            if (appended != null) {
                listener.passed(appended);
            }
            mark(mark, listing);
        }
        return result;
    }

    private void mark(StoreMark mark, StoreListing listing) {
        mark.writeTo(store);
        mark.removeOlder(store, listing.files());
    }

    private <T> T read(Work<T> work) {
        return withWalk(walk -> database.read(
                () -> {
                    throw SqlLedger.unknown(name);
                },
                connection -> work.on(requireKnown(PopulationTransaction.view(connection, name, walk)))));
    }

    /**
     * Runs a transaction with the walk of the latest one. Another thread that comes meanwhile walks for
     * itself. The walk of a failed transaction is dropped.
     */
    private <T> T withWalk(Function<ChainWalk, T> work) {
        ChainWalk latest = latestWalk.getAndSet(null);
        ChainWalk walk = latest == null ? new ChainWalk(name) : latest;
        T result = work.apply(walk);
        latestWalk.set(walk);
        return result;
    }

    private PopulationTransaction requireKnown(@Nullable PopulationTransaction transaction) {
        if (transaction == null) {
            throw SqlLedger.unknown(name);
        }
        return transaction;
    }

    /** Formats a cost with four digits, rounded up so that it is never understated. */
    static String figure(double value) {
        return figure(value, RoundingMode.UP);
    }

    /**
     * Formats what is left with four digits, rounded down so that a request for the printed figure is
     * admitted.
     */
    private static String figureDown(double value) {
        return figure(value, RoundingMode.DOWN);
    }

    private static String figure(double value, RoundingMode rounding) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(4, rounding))
                .stripTrailingZeros()
                .toPlainString();
    }
}

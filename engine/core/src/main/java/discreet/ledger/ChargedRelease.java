package discreet.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.DiscreetException;
import discreet.RunException;
import discreet.ledger.LedgerRow.Kind;
import discreet.ledger.ProtocolListener.Step;
import discreet.ledger.Store.NewFile;
import discreet.noise.NoiseException;
import discreet.privacy.PrivacyCost;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Draws the vectors of a release that is paid for. It is the only way from exact sums to released ones, and
 * the only caller of the noise. For use by one thread. Several releases may run at once, in one program or in
 * several, even under the same release id.
 */
public final class ChargedRelease implements AutoCloseable {

    private final Population population;
    private final ReleasePlan plan;
    private boolean closed;

    ChargedRelease(Population population, ReleasePlan plan) {
        this.population = population;
        this.plan = plan;
    }

    /**
     * Releases a planned vector. The exact sum goes in and the sealed value comes out. The order of these
     * steps is the protocol, and the cost of killing the process depends on the step it had reached.
     *
     * <pre>
     *    {@link Population#reserve}    Charged: RESERVE rows of all vectors, one durable transaction.
     *                          Killed before the commit: nothing was charged.
     *                          Killed after it: the rerun finds the vector paid for.
     * 1. already sealed?       If so, the same bytes are read again and checked against their digest, and
     *                          the steps below are left out.
     * 2. exact sum             Killed: paid for, not drawn. The rerun sums and draws without another charge.
     * 3. room                  A probe as large as the file is written and removed. A full disk stops the
     *                          release here and costs nothing.
     *                          Killed: as after 2, and the rerun removes the probe.
     * 4. DRAW, durable         Killed from here on: the noise may have been drawn and seen, and two draws of
     *                          the same sum reveal more than one. So the rerun charges this vector again, if
     *                          the cap admits it.
     * 5. noise added           In one call, on the driver, without a seed.
     *                          Killed: as after 4.
     * 6. file written          The file and its folder are synced.
     *                          Killed: as after 4, and the rerun removes the file.
     * 7. SEAL, durable         Killed after it: nothing is lost. The rerun reads these bytes, free of charge.
     * </pre>
     *
     * <p>The charge is enough. OpenDP's map chooses the scale of the noise so that the vector costs at most
     * the rho that was reserved, and that is checked again in the ledger's integers before DRAW. Each DRAW
     * row has a RESERVE row of its own before it. Sums are folded into +-2^62 first, which moves no two of
     * them further apart, even if they wrapped ({@link Exact#folded}). So the sensitivity stands for any
     * data.
     *
     * <p>A sealed vector is never drawn again. If its file is damaged or gone, this method fails.
     *
     * @param vector a name from the plan
     * @param sensitivity how far one user can move the exact sums, in Euclidean norm. The caller proves it
     * @param context a JSON text, public, kept in the sealed file beside the values. Readers get the context
     *     that was given when the vector was drawn
     * @param exact computes the exact sums. It is not called if the vector is sealed. Whatever it throws is
     *     passed on, and nothing was drawn then
     * @throws discreet.BudgetException if the vector must be charged again and the cap does not admit it, or
     *     the population was closed
     * @throws RunException if noise, disk or database fail, or the sealed bytes are not those that were
     *     sealed
     */
    public Released release(String vector, double sensitivity, String context, Supplier<Exact> exact) {
        return release(vector, context, planned -> VectorMechanism.of(planned, sensitivity), exact);
    }

    /**
     * Releases sums whose keys are private as well, which is private partition selection. Every sum gets
     * noise, and only the keys whose noisy sum is strictly above a threshold come out, with that sum. The
     * order of the steps and the cost of a kill are the same. The charge is rho and delta (see
     * {@link discreet.noise.ThresholdedGaussian}).
     *
     * <p>The number of keys before the threshold appears nowhere. DRAW leaves it out, and the probe of step 3
     * has the same size for all data. So if the released keys need more room than the probe, a full disk may
     * be found only after DRAW.
     *
     * @param vector a name from the plan, with a delta
     * @param keys how many keys one user can change at most. The caller proves it, as the next two
     * @param l2 how far one user can move the exact sums, in Euclidean norm
     * @param lInf how far one user can move one of them
     * @param context as in the other method
     * @param exact computes the exact sums. It is not called if they are sealed
     * @return with {@link Released#keys}
     * @throws discreet.BudgetException as the other method
     * @throws RunException as the other method
     */
    public Released releaseKeys(
            String vector, int keys, double l2, double lInf, String context, Supplier<ExactMap> exact) {
        return release(
                vector,
                context,
                planned -> ThresholdedMechanism.of(planned, new ThresholdedMechanism.Sensitivity(keys, l2, lInf)),
                exact);
    }

    private <E> Released release(
            String vector, String context, Function<PlannedVector, Mechanism<E>> mechanismFor, Supplier<E> exact) {
        if (closed) {
            throw new IllegalStateException("This release is closed.");
        }
        PlannedVector planned = plan.vector(vector);
        JsonNode publicContext = CanonicalJson.read(context);
        LedgerRow sealed = population.seal(plan, planned);
        if (sealed != null) {
            return population.sealed(sealed);
        }
        Mechanism<E> mechanism = mechanismFor.apply(planned);
        PrivacyCost cost = cost(planned, mechanism);
        E sums = exact.get();
        passed(Step.AGGREGATED);

        SealedHeader header = new SealedHeader(
                population.name(),
                plan.releaseId(),
                vector,
                Integer.MAX_VALUE, // has at least as many digits as the attempt's own number
                0,
                mechanism.sigma(),
                mechanism.sensitivity(),
                CanonicalJson.text(publicContext));
        probe(header, mechanism.roomBytes(header, sums));

        // Two copies of a ledger that draw the same vector must not write the same row
        ObjectNode body = CanonicalJson.newObject()
                .put("id", ReleaseId.random())
                .put("sigma", mechanism.sigma())
                .put("sensitivity", mechanism.sensitivity());
        mechanism.describe(body, sums);
        LedgerRow draw = population.draw(plan, planned, cost, CanonicalJson.text(body));
        if (draw.is(Kind.SEAL)) {
            return population.sealed(draw); // another driver was faster, and its bytes are paid for
        }
        passed(Step.DRAWN);

        Released released = draw(mechanism, header.ofAttempt(draw.attempt()), sums);
        passed(Step.NOISED);

        String file = file(draw);
        SealedFile.Digest digest;
        try (NewFile writing = population.store().create(file)) {
            digest = SealedFile.write(writing, released);
            passed(Step.WRITTEN);
            writing.finish();
        } catch (RunException e) {
            throw explained(draw, e);
        }
        passed(Step.SYNCED);

        LedgerRow seal = population
                .seal(
                        draw,
                        file,
                        CanonicalJson.text(CanonicalJson.newObject()
                                .put("file", file)
                                .put("bytes", digest.bytes())
                                .put("sha256", digest.sha256())))
                .orElseThrow(() -> takenOver(draw));
        if (seal.attempt() != draw.attempt()) {
            population.store().delete(file);
            return population.sealed(seal);
        }
        passed(Step.SEALED);
        return released;
    }

    /**
     * Returns why a file could not be written. If another driver took the release over and removed the file,
     * the disk is not to blame.
     */
    private RunException explained(LedgerRow draw, RunException failure) {
        try {
            if (population.isTakenOver(draw)) {
                RunException explained = takenOver(draw);
                explained.addSuppressed(failure);
                return explained;
            }
        } catch (DiscreetException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private static RunException takenOver(LedgerRow draw) {
        return new RunException("Cannot seal '" + draw.vector() + "' of release '" + draw.release()
                + "': another run with this release id took over. Wait for it to end, then run this again. Vectors"
                + " that are sealed then cost nothing.");
    }

    private static PrivacyCost cost(PlannedVector vector, Mechanism<?> mechanism) {
        PrivacyCost cost = mechanism.cost();
        if (!cost.isWithin(vector.price())) {
            throw new RunException("Cannot release '" + vector.name()
                    + "': its noise costs more than was charged. Nothing was drawn.");
        }
        return cost;
    }

    /**
     * Writes a file of the size that the mechanism gives from public values alone
     * ({@link Mechanism#roomBytes}), because a full disk costs nothing if it is found before DRAW.
     */
    private void probe(SealedHeader header, long bytes) {
        Store store = population.store();
        String file = Store.probe(header.release(), header.vector());
        store.probe(file, bytes);
        passed(Step.PROBED);
        store.delete(file);
    }

    private static <E> Released draw(Mechanism<E> mechanism, SealedHeader header, E sums) {
        try {
            return mechanism.draw(header, sums);
        } catch (NoiseException e) {
            throw new RunException(e.getMessage() + " The vector counts as drawn.", e);
        }
    }

    private static String file(LedgerRow row) {
        return Store.sealed(row.release(), row.vector(), row.attempt());
    }

    private void passed(Step step) {
        population.listener().passed(step);
    }

    public String releaseId() {
        return plan.releaseId();
    }

    /** Returns what this release has cost so far, including vectors that were charged again. */
    public PrivacyCost price() {
        return Population.price(rows());
    }

    /**
     * Returns the hash of the latest row of this release, which stands for all rows before it. Models carry
     * it.
     */
    public String chainHead() {
        List<LedgerRow> rows = rows();
        return rows.get(rows.size() - 1).hash();
    }

    /**
     * Returns when the release was started, before any row of data was read. A rerun gets the time of the
     * first run.
     */
    public Instant startedAt() {
        return Instant.ofEpochMilli(rows().get(0).time());
    }

    private List<LedgerRow> rows() {
        return population.rows(plan.releaseId());
    }

    /**
     * Returns whether a vector other than this one has been drawn, by this run or by another one. The release
     * was let go on then, and whether it should be was decided before.
     */
    public boolean hasDrawnBeyond(String vector) {
        return rows().stream()
                .anyMatch(row -> row.is(Kind.DRAW) && !row.vector().equals(vector));
    }

    /**
     * Stops this release for good and gives back the price of the vectors that were never drawn. They can
     * never be drawn afterwards. A rerun under the same id is refused and charges nothing.
     *
     * <p>Whether to stop may depend on vectors that are sealed, because they are released. It must not depend
     * on anything else that rows determine.
     *
     * @return what was given back
     */
    public PrivacyCost stop() {
        closed = true;
        PrivacyCost given = population.giveBack(plan);
        passed(Step.RETURNED);
        return given;
    }

    /**
     * Ends the use of this object. What was reserved stays reserved, and a rerun under the same id takes it
     * up.
     */
    @Override
    public void close() {
        closed = true;
    }
}

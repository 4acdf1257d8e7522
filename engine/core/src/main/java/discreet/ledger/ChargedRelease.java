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
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A release that is paid for: the only way from exact sums to released ones, and the only caller of the noise. For use by
 * one thread; several trainings may run at once, in one program or in several, even under the same release id.
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
     * Releases a planned vector: the exact sum in, the sealed value out. The order is the protocol, and what a kill costs
     * depends on where it falls:
     *
     * <pre>
     *    {@link Population#reserve}   charged: RESERVE rows of all vectors, one durable transaction
     *                          killed before: nothing was charged. After: the rerun finds the vector paid for
     * 1. sealed already?       the same bytes are read again, checked against their digest, and that is all
     * 2. exact sum             killed: paid for, not drawn; the rerun sums and draws without another charge
     * 3. room                  a probe as large as the file is written and removed: a disk that is full stops it here, and costs
     *                          nothing. killed: as after 2, and the rerun removes the probe
     * 4. DRAW, durable         killed from here on: the noise may have been drawn and seen, and a second draw of the same sum
     *                          tells more than one; so the rerun charges this vector again, if the cap admits it
     * 5. noise added           in one call, on the driver, without a seed: killed: as after 4
     * 6. file written, synced, and its folder
     *                          killed: as after 4, and the rerun removes the file
     * 7. SEAL, durable         killed after it: nothing is lost; the rerun reads these bytes and charges nothing
     * </pre>
     *
     * <p>What is charged is enough: the scale of the noise is chosen by OpenDP's map so that the vector costs at most the rho
     * that was reserved, and that is checked again in the ledger's integers before DRAW. Each DRAW row has a RESERVE row of
     * its own before it. Sums outside of +-2^62 are clamped first; clamping each sum moves no two sums further apart, so the
     * sensitivity stands.
     *
     * <p>A sealed vector is never drawn again: if its file is damaged or gone, this fails.
     *
     * @param vector a name from the plan
     * @param sensitivity how far one person can move the exact sums, in Euclidean norm; the caller proves it
     * @param context a JSON text, public, kept in the sealed file beside the values. It is returned as it was when the vector
     *     was drawn
     * @param exact computes the exact sums; not called when the vector is sealed. Whatever it throws is passed on, and
     *     nothing was drawn
     * @throws discreet.BudgetException if the vector must be charged again and the cap does not admit it, or the
     *     population was closed
     * @throws RunException if noise, disk or database fail, or the sealed bytes are not those that were sealed
     */
    public Released release(String vector, double sensitivity, String context, Supplier<Exact> exact) {
        return release(vector, context, planned -> VectorMechanism.of(planned, sensitivity), exact);
    }

    /**
     * Releases sums by keys that are private themselves: noise on each sum, and those keys alone whose noisy sum is strictly above a
     * threshold come out, with it. The same order, and a kill costs the same; the charge is rho and delta
     * ({@link discreet.noise.ThresholdedGaussian}). How many keys there were before the threshold is said nowhere: DRAW leaves it out, and the
     * probe of step 3 has the same size for all data, so a disk may be found to be full only after DRAW where more comes out than
     * that.
     *
     * @param vector a name from the plan, with a delta
     * @param keys how many keys one person can change at most; the caller proves it, as the next two
     * @param l2 how far one person can move the exact sums, in Euclidean norm
     * @param lInf how far one person can move one of them
     * @param context as in the other method
     * @param exact computes the exact sums; not called when they are sealed
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
            String vector, String context, Function<PlannedVector, Mechanism<E>> chosen, Supplier<E> exact) {
        if (closed) {
            throw new IllegalStateException("This training is closed.");
        }
        PlannedVector planned = plan.vector(vector);
        JsonNode publicContext = CanonicalJson.read(context);
        LedgerRow sealed = population.seal(plan, planned);
        if (sealed != null) {
            return population.sealed(sealed);
        }
        Mechanism<E> mechanism = chosen.apply(planned);
        PrivacyCost cost = cost(planned, mechanism);
        E sums = exact.get();
        passed(Step.AGGREGATED);

        SealedHeader planning = new SealedHeader(
                population.name(),
                plan.releaseId(),
                vector,
                Integer.MAX_VALUE, // at least as long as the attempt's own number
                0,
                mechanism.sigma(),
                mechanism.sensitivity(),
                CanonicalJson.text(publicContext));
        probe(planning, mechanism.room(planning, sums));

        ObjectNode body =
                CanonicalJson.newObject().put("sigma", mechanism.sigma()).put("sensitivity", mechanism.sensitivity());
        mechanism.describe(body, sums);
        LedgerRow draw = population.draw(plan, planned, cost, CanonicalJson.text(body));
        if (draw.is(Kind.SEAL)) {
            return population.sealed(draw); // Another driver was faster; its bytes are as good, and paid for.
        }
        passed(Step.DRAWN);

        Released released = drawn(mechanism, planning.ofAttempt(draw.attempt()), sums);
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

    /** Why a file could not be written: if another driver took the release over and has removed it, no disk is to blame. */
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
                + "': another training with this release id took over. Wait for it to end, then run this again: what"
                + " is sealed then costs nothing.");
    }

    private static PrivacyCost cost(PlannedVector vector, Mechanism<?> mechanism) {
        PrivacyCost cost = mechanism.cost();
        if (!cost.isWithin(vector.price())) {
            throw new RunException("Cannot release '" + vector.name()
                    + "': its noise costs more than was charged. Nothing was drawn.");
        }
        return cost;
    }

    /** A disk that is found to be full before DRAW costs nothing. */
    private void probe(SealedHeader header, long bytes) {
        Store store = population.store();
        String file = Store.probe(header.release(), header.vector());
        store.probe(file, bytes);
        passed(Step.PROBED);
        store.delete(file);
    }

    private static <E> Released drawn(Mechanism<E> mechanism, SealedHeader header, E sums) {
        try {
            return mechanism.draw(header, sums);
        } catch (NoiseException e) {
            throw new RunException(e.getMessage() + " What was being released counts as drawn.", e);
        }
    }

    private static String file(LedgerRow row) {
        return Store.sealed(row.release(), row.vector(), row.attempt());
    }

    private void passed(Step step) {
        population.steps().passed(step);
    }

    /** Whether {@link #release} would read the sealed bytes: then there is no need to prepare the data. */
    public boolean isSealed(String vector) {
        return population.seal(plan, plan.vector(vector)) != null;
    }

    public String releaseId() {
        return plan.releaseId();
    }

    /** What this release has cost so far, vectors that were charged again included. */
    public PrivacyCost price() {
        return Population.price(rows());
    }

    /** Hash of the latest row of this release, which stands for all rows before it: what a model carries. */
    public String chainHead() {
        List<LedgerRow> rows = rows();
        return rows.get(rows.size() - 1).hash();
    }

    private List<LedgerRow> rows() {
        return population.rows(plan.releaseId());
    }

    /** What was reserved stays reserved: a rerun under the same id takes it up. */
    @Override
    public void close() {
        closed = true;
    }
}

package discreet.spark.train;

import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.Population;
import discreet.ledger.ReleasePlan;
import discreet.ledger.Released;
import discreet.model.Provenance;
import discreet.natives.NativeLibrary;
import discreet.plan.PeopleGuard;
import discreet.plan.TrainingPlan;
import discreet.plan.VectorPlan;
import discreet.privacy.Budget;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Holds the inputs of one training, and the steps that rankings and rating models share, which are to reserve
 * the price, release a vector and record the provenance.
 *
 * @param plan what is reserved and charged
 * @param population pays
 * @param releaseId id of the training, new or to be resumed
 * @param progress receives the name of each step, and nothing of the data
 */
record TrainingRun(TrainingPlan plan, Population population, String releaseId, Consumer<String> progress) {
    private static final PeopleGuard.Wording GUARDED = new PeopleGuard.Wording(
            "train", "training", "have a row that counts", "that ids are written as in the catalogue");

    /** Announces a step. */
    void step(String name) {
        progress.accept(name);
    }

    /**
     * Reserves the whole price. Before that, the native library is loaded, the budget checked, and the
     * ratings read once, so that errors of files and schema surface before anything is charged. Later passes
     * can still fail. They cost nothing more, because a rerun resumes the release.
     *
     * @param read computes the first exact sums. It is not called if the release is reserved already
     */
    ChargedRelease reserve(Runnable read) {
        Instant started = Instant.now(); // before a row is read
        NativeLibrary.load();
        ReleasePlan reservation = plan.reservation(releaseId);
        population.check(reservation);
        if (!population.isReserved(releaseId)) {
            step("Reading ratings");
            read.run();
        }
        return population.reserve(reservation, started);
    }

    /**
     * Goes on if the released number of people is enough ({@link PeopleGuard#require}).
     *
     * @param first the vector that starts with the number of people
     * @throws discreet.RunException if there are too few
     */
    void requireEnough(ChargedRelease training, Released first) {
        plan.request().guard().require(training, plan.people(), first, GUARDED);
    }

    /** Releases one planned vector, or reads it again if it is sealed. */
    static Released release(ChargedRelease training, VectorPlan vector, String context, Supplier<Exact> exact) {
        return training.release(vector.name(), vector.sensitivity(), context, exact);
    }

    /**
     * Returns where a model comes from, with the price that was really charged and released values.
     *
     * @param people released number of users
     * @param peopleSd standard deviation of the noise in it
     * @param sigma noise per Gram entry, in units of one user's squared row norm
     */
    Provenance provenance(ChargedRelease training, double people, double peopleSd, double sigma) {
        Budget budget = plan.budget();
        return new Provenance(
                population.name(),
                releaseId,
                training.chainHead(),
                training.startedAt(),
                budget.epsilon(training.price()),
                budget.delta(),
                training.price().rho().toDouble(),
                people,
                peopleSd,
                sigma,
                budget.deltaForItems().toDouble(),
                training.price().delta().toDouble());
    }

    /** Returns integers at scale 2^bits as numbers, so that 2^bits becomes 1. */
    static double[] scaled(long[] values, int bits) {
        return Arrays.stream(values)
                .mapToDouble(value -> Math.scalb((double) value, -bits))
                .toArray();
    }
}

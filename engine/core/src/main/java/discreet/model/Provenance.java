package discreet.model;

import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.time.Instant;

/**
 * Records where a model comes from and what it cost. All of it is public, since every number is a
 * parameter, a price or a released value.
 *
 * @param population the population whose budget paid
 * @param release id of the training
 * @param ledgerHead hash of the last ledger row of this training
 * @param created when its training was started, before any rating was read
 * @param epsilon price of this training alone, at {@code delta}
 * @param delta the population's delta
 * @param rho the same price in zero-concentrated differential privacy
 * @param people released number of users, which includes noise
 * @param peopleSd standard deviation of the noise in it
 * @param sigma noise per Gram entry, in units of one user's squared row norm
 * @param deltaForItems the part of {@code delta} that the population sets apart for item ids that are
 *     selected privately
 * @param deltaCharged the part of it that this training was charged, above 0 if private partition selection
 *     found the item ids
 */
public record Provenance(
        String population,
        String release,
        String ledgerHead,
        Instant created,
        double epsilon,
        double delta,
        double rho,
        double people,
        double peopleSd,
        double sigma,
        double deltaForItems,
        double deltaCharged) {

    /** Creates the provenance of a training that was charged no delta. */
    public Provenance(
            String population,
            String release,
            String ledgerHead,
            Instant created,
            double epsilon,
            double delta,
            double rho,
            double people,
            double peopleSd,
            double sigma) {
        this(population, release, ledgerHead, created, epsilon, delta, rho, people, peopleSd, sigma, 0, 0);
    }

    /** Returns what the training might cost, alone. */
    public Budget budget() {
        return new Budget(epsilon, delta, Delta.roundedUp(deltaForItems));
    }

    /** Returns what the training was charged. */
    public PrivacyCost price() {
        return new PrivacyCost(Rho.roundedUp(rho), Delta.roundedUp(deltaCharged));
    }
}

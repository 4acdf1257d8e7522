package discreet.model;

import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.time.Instant;

/**
 * Where a model comes from and what it cost. Public: every number is a parameter, a price or a released value.
 *
 * @param population the people whose budget paid
 * @param release id of the training
 * @param ledgerHead hash of the last ledger row of this training
 * @param created when the model was built
 * @param epsilon price of this training alone, at {@code delta}
 * @param delta the population's delta
 * @param rho the same price in zero-concentrated differential privacy
 * @param people released number of people (with noise; never the exact number)
 * @param peopleSd standard deviation of the noise in it
 * @param sigma noise per Gram entry, in units of one person's squared row norm
 * @param deltaCharged the part of {@code delta} that was charged as such: above 0 where item ids were found out from ratings
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
        double deltaCharged) {

    /** Where no delta was charged. */
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
        this(population, release, ledgerHead, created, epsilon, delta, rho, people, peopleSd, sigma, 0);
    }

    /** What the training was charged. */
    public PrivacyCost price() {
        return new PrivacyCost(Rho.roundedUp(rho), Delta.roundedUp(deltaCharged));
    }
}

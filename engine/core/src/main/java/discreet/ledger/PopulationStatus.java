package discreet.ledger;

import discreet.privacy.Budget;
import discreet.privacy.PrivacyCost;
import java.net.URI;
import java.time.Instant;

/**
 * Describes where a population stands.
 *
 * @param cap what the losses of a user of this population never exceed
 * @param store folder of the sealed files
 * @param charged rho and delta of everything reserved so far, composed. Of releases on disjoint hash ranges
 *     only the maximum counts
 * @param epsilonSpent the epsilon of {@code charged} at the cap's delta
 * @param epsilonLeft the largest epsilon that one more release can ask for, or 0 if there is none
 * @param chainHead hash of the latest row
 */
public record PopulationStatus(
        String name,
        Budget cap,
        URI store,
        PrivacyCost charged,
        double epsilonSpent,
        double epsilonLeft,
        int releases,
        boolean closed,
        String chainHead,
        Instant openedAt) {}

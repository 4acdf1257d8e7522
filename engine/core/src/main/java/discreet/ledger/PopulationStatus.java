package discreet.ledger;

import discreet.privacy.Budget;
import discreet.privacy.PrivacyCost;
import java.net.URI;
import java.time.Instant;

/**
 * Where a population stands.
 *
 * @param cap what the losses of a person of this population never pass
 * @param store folder of the sealed files
 * @param charged rho and delta of everything reserved so far, composed: releases on disjoint cells count with the dearest
 * @param epsilonSpent the epsilon of {@code charged} at the cap's delta
 * @param epsilonLeft the largest epsilon that one more training can ask for; 0 if there is none
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

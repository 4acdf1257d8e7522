package discreet.model;

/**
 * A model without its vectors: what it says about itself.
 *
 * @param objective what it was trained for: {@code ranking} or {@code rating}
 * @param items size of the catalogue
 * @param head items over which tastes were learned
 * @param rank directions of taste that stood out of the noise
 */
public record ModelDescription(
        String objective, Provenance provenance, TrainingParameters parameters, int items, int head, int rank) {}

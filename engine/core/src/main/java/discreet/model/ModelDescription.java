package discreet.model;

/**
 * Describes a model by its manifest, which has provenance, parameters and sizes, without items and spectrum.
 *
 * @param objective the objective that it was trained for, {@code ranking} or {@code rating}
 * @param items size of the catalogue
 * @param head number of items over which tastes were learned
 * @param rank number of directions of taste that stood out from the noise
 */
public record ModelDescription(
        String objective, Provenance provenance, TrainingParameters parameters, int items, int head, int rank) {}

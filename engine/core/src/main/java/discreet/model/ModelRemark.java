package discreet.model;

import java.util.Optional;

/**
 * Remarks on a model that has learned nothing. Lists can be made from such a model, and a list does not show
 * that it is noise. The remark follows from released values, so anybody may see it.
 */
public final class ModelRemark {
    private static final int DEVIATIONS = 3;

    private ModelRemark() {}

    /** Returns the remark in one line, or nothing if the model has learned something. */
    public static Optional<String> of(ReleasedModel model) {
        Provenance provenance = model.provenance();
        if (model.catalogue().size() == 0) {
            return remark("its catalogue has no items, so every list is empty");
        }
        if (provenance.people() <= DEVIATIONS * provenance.peopleSd()) {
            return remark("the released number of people does not stand out of its noise, so the rest of the model"
                    + " may be noise, too");
        }
        if (!model.spectrum().standsOut()) {
            return remark("no taste stands out of its noise. "
                    + model.match(
                            ranking -> "Lists are close to the popular items",
                            rating -> "Predictions are close to the average of each item"));
        }
        return Optional.empty();
    }

    private static Optional<String> remark(String why) {
        return Optional.of("This model has learned nothing about what people like: " + why
                + ". Train it with more people or a larger epsilon.");
    }
}

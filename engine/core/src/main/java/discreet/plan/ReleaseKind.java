package discreet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.privacy.PrivacyCost;
import java.util.List;

/** Says what a release in a ledger was made for. The parameters that the ledger keeps of it decide. */
public sealed interface ReleaseKind {
    /** Returns the name of this kind in statements, such as {@code ranking}. */
    String text();

    /** Says in plain words what the release was made for. */
    String purpose();

    /**
     * Bounds what a release of this kind costs if one account is replaced, where {@code charged} was charged.
     */
    PrivacyCost replacingOne(PrivacyCost charged);

    /** Returns the vectors of such a release, in the order in which they are drawn. */
    List<VectorName> vectors();

    /** Returns whether a model was measured, rather than trained. */
    default boolean isEvaluation() {
        return false;
    }

    /** Reads the kind from the parameters that a ledger keeps of a release. Any parameters have one. */
    static ReleaseKind of(JsonNode parameters) {
        String objective = parameters.path("objective").asText("not stated");
        return objective.equals(Evaluation.NAME) ? evaluation(parameters) : ofTraining(objective);
    }

    /** Returns the kind of a training, from the name of its objective. */
    static ReleaseKind ofTraining(String objective) {
        return switch (objective) {
            case Objective.Ranking.NAME -> new Ranking();
            case Objective.Rating.NAME -> new Rating();
            default -> new Other(objective);
        };
    }

    /**
     * Tells the two kinds of evaluation apart. They share a name in the ledger, and only evaluations of lists
     * have cut-offs.
     */
    private static ReleaseKind evaluation(JsonNode parameters) {
        JsonNode cutoffs = parameters.path("cutoffs");
        int metrics = parameters.path("metrics").asInt(Evaluation.METRICS_OF_A_CUTOFF * cutoffs.size());
        return cutoffs.isMissingNode()
                ? new Evaluation("evaluation of ratings", "measuring how good predicted ratings are", metrics)
                : new Evaluation(Evaluation.NAME, "measuring how good lists are", metrics);
    }

    /** Trained a model that makes lists. */
    record Ranking() implements ReleaseKind {
        @Override
        public String text() {
            return Objective.Ranking.NAME;
        }

        @Override
        public String purpose() {
            return "learning to make lists";
        }

        @Override
        public PrivacyCost replacingOne(PrivacyCost charged) {
            return ReplaceOneCost.ofTraining(charged);
        }

        @Override
        public List<VectorName> vectors() {
            return List.of(VectorName.PEOPLE, VectorName.ITEMS, VectorName.GRAM);
        }
    }

    /** Trained a model that predicts ratings. */
    record Rating() implements ReleaseKind {
        @Override
        public String text() {
            return Objective.Rating.NAME;
        }

        @Override
        public String purpose() {
            return "learning to predict ratings";
        }

        @Override
        public PrivacyCost replacingOne(PrivacyCost charged) {
            return ReplaceOneCost.ofRatingTraining(charged);
        }

        @Override
        public List<VectorName> vectors() {
            return List.of(
                    VectorName.PEOPLE_AND_MEAN, VectorName.FIRST_BIASES, VectorName.SECOND_BIASES, VectorName.GRAM);
        }
    }

    /**
     * Measured a model, by its lists or by its predicted ratings.
     *
     * @param metrics how many numbers were summed, 0 if the parameters do not say
     */
    record Evaluation(String text, String purpose, int metrics) implements ReleaseKind {
        private static final String NAME = "evaluation";
        private static final int METRICS_OF_A_CUTOFF = 2;

        /** Bounds any release if the number of metrics is unknown. */
        @Override
        public PrivacyCost replacingOne(PrivacyCost charged) {
            return metrics < 1 ? ReplaceOneCost.ofAnything(charged) : ReplaceOneCost.ofEvaluation(charged, metrics);
        }

        @Override
        public List<VectorName> vectors() {
            return List.of(VectorName.TEST_PEOPLE, VectorName.METRICS);
        }

        @Override
        public boolean isEvaluation() {
            return true;
        }
    }

    /**
     * Stands for a release of another kind, which another version of the software may have made.
     *
     * @param text its objective in the ledger
     */
    record Other(String text) implements ReleaseKind {
        @Override
        public String purpose() {
            return text;
        }

        @Override
        public PrivacyCost replacingOne(PrivacyCost charged) {
            return ReplaceOneCost.ofAnything(charged);
        }

        @Override
        public List<VectorName> vectors() {
            return List.of();
        }
    }
}

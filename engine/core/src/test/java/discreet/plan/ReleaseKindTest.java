package discreet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseKindTest {
    private static ReleaseKind kind(String parameters) throws JsonProcessingException {
        return ReleaseKind.of(new ObjectMapper().readTree(parameters));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"objective\":\"ranking\"}', ranking, false",
        "'{\"objective\":\"rating\"}', rating, false",
        "'{\"objective\":\"evaluation\",\"cutoffs\":[20]}', evaluation, true",
        "'{\"objective\":\"evaluation\",\"metrics\":2}', evaluation of ratings, true",
        "'{\"objective\":\"evaluations\"}', evaluations, false",
        "'{\"objective\":7}', 7, false",
        "'{}', not stated, false",
        "'[]', not stated, false"
    })
    void of_anyParameters_hasAKind(String parameters, String text, boolean evaluation) throws JsonProcessingException {
        ReleaseKind kind = kind(parameters);

        assertThat(kind.text()).isEqualTo(text);
        assertThat(kind.purpose()).isNotEmpty();
        assertThat(kind.isEvaluation()).isEqualTo(evaluation);
    }

    /** A statement names the vectors that the plan reserves. */
    @Test
    void of_reservation_isThePlansKindWithItsVectors() throws JsonProcessingException {
        for (TrainingPlan plan : new TrainingPlan[] {Plans.ranking(1), Plans.selecting(1), Plans.rating(1, 1000)}) {
            var reserved = plan.reservation("r");

            assertThat(kind(reserved.parameters())).isEqualTo(plan.kind());
            assertThat(plan.kind().vectors())
                    .extracting(VectorName::text)
                    .containsExactlyElementsOf(reserved.vectors().stream()
                            .map(vector -> vector.name())
                            .toList());
        }
    }

    @Test
    void replacingOne_evaluationOfRatings_dependsOnItsMetrics() throws JsonProcessingException {
        PrivacyCost charged = new PrivacyCost(new Rho(1000), discreet.privacy.Delta.ZERO);

        assertThat(kind("{\"objective\":\"evaluation\",\"metrics\":2}").replacingOne(charged))
                .isEqualTo(ReplaceOneCost.ofEvaluation(charged, 2));
        assertThat(kind("{\"objective\":\"evaluation\"}").replacingOne(charged))
                .isEqualTo(ReplaceOneCost.ofAnything(charged));
    }
}

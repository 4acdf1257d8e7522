package discreet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.history.RatingRange;
import discreet.history.RowRules;
import discreet.model.TrainingParameters;
import discreet.privacy.Budget;
import discreet.privacy.HashRange;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRequestTest {
    private static TrainingRequest.Builder ranking() {
        return TrainingRequest.builder().epsilon(1).catalogue(Plans.CATALOGUE);
    }

    private static TrainingRequest.Builder rating() {
        return ranking().objective("rating").ratingRange(1, 5);
    }

    @Test
    void build_onlyEpsilon_isARankingOfEveryRowOverListedItems() {
        TrainingRequest request = ranking().build();

        assertThat(request.objective()).isEqualTo(new Objective.Ranking(Double.NEGATIVE_INFINITY, false));
        assertThat(request.items()).isEqualTo(new ItemIds.Listed(Plans.CATALOGUE.digest()));
        assertThat(request.users()).isNull();
        assertThat(request.rules()).isEqualTo(RowRules.DEFAULT);
        assertThat(request.parameters()).isEqualTo(new TrainingParameters(Double.NEGATIVE_INFINITY, 500, 4096));
    }

    @Test
    void build_rating_keepsEveryRowAndTheDeclaredRange() {
        TrainingRequest request = rating().maxItemsPerUser(7).build();

        assertThat(request.objective()).isEqualTo(new Objective.Rating(new RatingRange(1, 5), 10_000));
        assertThat(request.parameters())
                .isEqualTo(new TrainingParameters(Double.NEGATIVE_INFINITY, 7, 4096, new RatingRange(1, 5)));
    }

    @Test
    void rules_usersOfAHashRange_areThePlansToo() {
        HashRange half = HashRange.below("salt", .5);
        TrainingRequest request = ranking().minRating(4.0).users(half).build();

        assertThat(request.rules()).isEqualTo(new RowRules(4, 500, half));
        assertThat(request.plan(Plans.CAP).reservation("r").hashRange()).isEqualTo(half);
    }

    @Test
    void plan_sameRequest_isTheSamePlan() {
        assertThat(rating().build().plan(Plans.CAP)).isEqualTo(rating().build().plan(Plans.CAP));
        assertThat(ranking().build().withEpsilon(2).plan(Plans.CAP))
                .isEqualTo(ranking().epsilon(2).build().plan(Plans.CAP));
    }

    @Test
    void build_withoutACatalogue_selectsItemIdsPrivately() {
        TrainingRequest request = ranking().catalogue(null).build();

        assertThat(request.items()).isEqualTo(new ItemIds.SelectedPrivately());
        assertThat(request.plan(Budget.withItems(1, Plans.DELTA))
                        .reservation("r")
                        .parameters())
                .contains("\"catalogue\":\"discovered\"");
        assertThatThrownBy(() -> request.plan(Plans.CAP))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no delta for items");
    }

    @Test
    void reservation_catalogueNotRead_isRefused() {
        TrainingPlan quoted =
                ranking().catalogue(null).itemsToBeListed(true).build().plan(Plans.CAP);

        assertThat(quoted.price()).isEqualTo(ranking().build().plan(Plans.CAP).price());
        assertThatThrownBy(() -> quoted.reservation("r")).isInstanceOf(IllegalStateException.class);
        assertThat(quoted.request().over(Plans.CATALOGUE)).isEqualTo(ranking().build());
    }

    static Stream<Arguments> combinations() {
        return Stream.of(
                Arguments.of(ranking().content(true).catalogue(null), "`content`"),
                Arguments.of(ranking().expectedPeople(100L), "`expectedPeople`"),
                Arguments.of(ranking().minRating(4.0).ratingRange(1, 3), "`minRating`"),
                Arguments.of(ranking().objective("both"), "'both'"),
                Arguments.of(rating().catalogue(null), "`items`"),
                Arguments.of(rating().content(true), "`content`"),
                Arguments.of(rating().minRating(3.0), "`minRating`"),
                Arguments.of(rating().ratingRange((double[]) null), "`ratingRange`"),
                Arguments.of(rating().expectedPeople(0L), "`expectedPeople`"));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void build_parametersThatDoNotGoTogether_namesTheParameter(TrainingRequest.Builder builder, String named) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot train: ")
                .hasMessageContaining(named);
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of(ranking().maxItemsPerUser(0), "`maxItemsPerUser` must be > 0. Provided value: 0"),
                Arguments.of(ranking().maxHead(-1), "`maxHead` must be > 0. Provided value: -1"),
                Arguments.of(ranking().minRating(Double.NaN), "`minRating` must be finite. Provided value: NaN"));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void build_numberOutOfRange_saysWhichAndItsValue(TrainingRequest.Builder builder, String message) {
        assertThatThrownBy(builder::build).isInstanceOf(InputException.class).hasMessageContaining(message);
    }

    @Test
    void newObjective_numberOutOfRange_isRefused() {
        assertThatThrownBy(() -> new Objective.Ranking(Double.NaN, false)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Objective.Rating(new RatingRange(1, 5), -5))
                .isInstanceOf(InputException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void build_epsilonThatIsNoPrice_isRefused(double epsilon) {
        String why = "`epsilon` must be > 0 and finite. Provided value: " + epsilon + ". Give another number.";

        assertThatThrownBy(() -> ranking().epsilon(epsilon).build()).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e).hasMessage("Cannot train: " + why);
            assertThat(e.during("quote")).hasMessage("Cannot quote: " + why);
        });
    }
}

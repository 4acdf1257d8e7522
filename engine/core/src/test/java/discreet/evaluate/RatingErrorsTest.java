package discreet.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatingErrorsTest {
    private static final RatingRange RANGE = new RatingRange(1, 5);

    private static RatedUser person(int[] items, double... ratings) {
        return new RatedUser(RatedHistory.EMPTY, items, ratings);
    }

    @Test
    void of_pairs_isTheirErrors() {
        List<RatedUser> people = List.of(person(new int[] {0, 1}, 5, 2), person(new int[0]), person(new int[] {2}, 4));
        RatingErrors errors = RatingErrors.of(
                (own, items) -> Arrays.stream(items).mapToDouble(i -> 3).toArray(), people);
        assertThat(errors.people()).isEqualTo(2);
        assertThat(errors.pairs()).isEqualTo(3);
        assertThat(errors.rmse()).isCloseTo(Math.sqrt((4 + 1 + 1) / 3.0), within(1e-12));
        assertThat(errors.mae()).isCloseTo(4 / 3.0, within(1e-12));
    }

    @Test
    void of_nobody_isNotANumber() {
        assertThat(RatingErrors.of((own, items) -> new double[0], List.of()).rmse())
                .isNaN();
    }

    @Test
    void person_itemOnBothSides_hasNothingLeftToPredict() {
        RatedHistory known = new RatedHistory(new int[] {1, 4}, new double[] {0, 1});
        RatedHistory hidden = new RatedHistory(new int[] {0, 4, 7}, new double[] {-1, 1, .5});
        RatedUser person = RatedUser.of(known, hidden, RANGE);
        assertThat(person.items()).containsExactly(0, 7);
        assertThat(person.ratings()).containsExactly(1, 4);
    }
}

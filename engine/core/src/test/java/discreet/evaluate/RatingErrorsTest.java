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

    private static RatedUser user(int[] items, double... ratings) {
        return new RatedUser(RatedHistory.EMPTY, items, ratings);
    }

    @Test
    void of_pairs_isTheirErrors() {
        List<RatedUser> users = List.of(user(new int[] {0, 1}, 5, 2), user(new int[0]), user(new int[] {2}, 4));
        RatingErrors errors = RatingErrors.of(
                (own, items) -> Arrays.stream(items).mapToDouble(i -> 3).toArray(), users);
        assertThat(errors.users()).isEqualTo(2);
        assertThat(errors.pairs()).isEqualTo(3);
        assertThat(errors.rmse()).isCloseTo(Math.sqrt((4 + 1 + 1) / 3.0), within(1e-12));
        assertThat(errors.mae()).isCloseTo(4 / 3.0, within(1e-12));
    }

    @Test
    void of_noUsers_isNotANumber() {
        assertThat(RatingErrors.of((own, items) -> new double[0], List.of()).rmse())
                .isNaN();
    }

    @Test
    void of_itemOnBothSides_leavesItOut() {
        RatedHistory known = new RatedHistory(new int[] {1, 4}, new double[] {0, 1});
        RatedHistory hidden = new RatedHistory(new int[] {0, 4, 7}, new double[] {-1, 1, .5});
        RatedUser user = RatedUser.of(known, hidden, RANGE);
        assertThat(user.items()).containsExactly(0, 7);
        assertThat(user.ratings()).containsExactly(1, 4);
    }
}

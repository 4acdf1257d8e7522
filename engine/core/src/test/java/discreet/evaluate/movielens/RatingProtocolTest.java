package discreet.evaluate.movielens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.evaluate.MovieLens;
import discreet.evaluate.RatedUser;
import discreet.evaluate.RatingErrors;
import discreet.evaluate.baselines.Biases;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Checks on the real file that every rating is on one side of a split, and that biases reach their published
 * error.
 */
class RatingProtocolTest {
    private static final RatingRange STARS = new RatingRange(1, 5);
    private static RatingProtocol protocol;
    private static RatingSplit split;

    @BeforeAll
    static void read() {
        protocol = RatingProtocol.read(MovieLens.archive());
        split = protocol.split(1);
    }

    @Test
    void split_anySeed_dividesAllRatings() {
        assertThat(protocol.size()).isEqualTo(1_000_209);
        assertThat(split.users()).hasSize(6040);
        assertThat(split.items()).hasSize(3706).isSorted();
        Set<Long> pairs = new HashSet<>();
        for (RatingSplit.Part part : List.of(split.training(), split.validation(), split.test())) {
            for (int row = 0; row < part.size(); row++) {
                pairs.add(part.users()[row] * 10_000L + part.items()[row]);
            }
        }
        assertThat(pairs).hasSize(1_000_209);
        assertThat(split.test().size()).isEqualTo(100_020);
        assertThat(split.validation().size()).isEqualTo(100_020);
    }

    @Test
    void split_sameSeed_isTheSame() {
        assertThat(protocol.split(1).test().items()).isEqualTo(split.test().items());
        assertThat(protocol.split(2).test().items()).isNotEqualTo(split.test().items());
    }

    @Test
    void ratedUsers_testRows_areGroupedWithTheirHistories() {
        List<RatedUser> ratedUsers = split.ratedUsers(STARS, split.test());
        assertThat(ratedUsers.stream().mapToInt(user -> user.items().length).sum())
                .isEqualTo(100_020);
        for (RatedUser user : ratedUsers) {
            int[] known = user.history().items();
            assertThat(Arrays.stream(known).distinct().sorted().toArray()).isEqualTo(known);
            assertThat(Arrays.stream(user.items()).noneMatch(user.history()::contains))
                    .isTrue();
        }
        assertThat(split.histories(STARS).stream().mapToInt(RatedHistory::size).sum())
                .isEqualTo(split.training().size());
    }

    /** Other implementations reach about .908, which varies by .002 between splits. */
    @Test
    void biases_onTheTestRows_haveTheirPublishedError() {
        Biases biases = Biases.fit(split.histories(STARS), split.items().size(), STARS, 3);
        RatingErrors errors = RatingErrors.of(biases, split.ratedUsers(STARS, split.test()));
        assertThat(errors.rmse()).isCloseTo(.908, within(.008));
        assertThat(biases.predict(RatedHistory.EMPTY, new int[] {0})).hasSize(1);
    }
}

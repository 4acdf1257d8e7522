package discreet.evaluate.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.history.UserHistory;
import java.util.List;
import org.junit.jupiter.api.Test;

class PopularityTest {
    @Test
    void rank_countsUsers_leavesOutTheHistory() {
        Popularity popularity =
                Popularity.fit(List.of(new int[] {0, 2}, new int[] {2, 3}, new int[] {2, 3}, new int[0]), 5);

        assertThat(popularity.scores(new int[] {1})).containsExactly(1, 0, 3, 2, 0);
        assertThat(popularity.rank(UserHistory.ofItems(), 10)).containsExactly(2, 3, 0, 1, 4);
        assertThat(popularity.rank(UserHistory.ofItems(2, 4), 2)).containsExactly(3, 0);
    }

    @Test
    void scores_changedByTheCaller_areCopies() {
        Popularity popularity = Popularity.fit(List.of(new int[] {1}), 2);

        popularity.scores(new int[0])[0] = 99;

        assertThat(popularity.rank(UserHistory.ofItems(), 1)).containsExactly(1);
    }
}

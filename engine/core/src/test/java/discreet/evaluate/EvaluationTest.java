package discreet.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import discreet.history.UserHistory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    /** Returns the first k items that are not in the history. */
    private static final Ranker IN_ORDER = (user, k) ->
            IntStream.range(0, 10).filter(item -> !user.hasSeen(item)).limit(k).toArray();

    /** An item that was rated low is in no list, so it is neither a place that is lost nor a label. */
    @Test
    void testUser_lowRatedItems_areSeenAndNeverLabels() {
        UserHistory<int[]> known = new UserHistory<>(new int[] {0}, new int[] {0, 1, 5});
        UserHistory<int[]> hidden = new UserHistory<>(new int[] {2, 5}, new int[] {2, 3, 5});

        TestUser user = TestUser.of(known, hidden, false);
        assertThat(user.history()).containsExactly(0);
        assertThat(user.labels()).containsExactly(2); // 5 was seen, and 3 is hidden with a low rating
        assertThat(IN_ORDER.rank(user.known(), 3)).containsExactly(2, 3, 4);

        TestUser buysAgain = TestUser.of(known, hidden, true);
        assertThat(buysAgain.history()).containsExactly(0);
        assertThat(buysAgain.labels()).containsExactly(2, 5);
        assertThat(IN_ORDER.rank(buysAgain.known(), 3)).containsExactly(0, 1, 2);
    }

    @Test
    void of_twoUsers_averagesAndCountsListedItems() {
        List<TestUser> users = List.of(
                new TestUser(new int[] {0}, new int[] {1, 9}), // list 1, 2
                new TestUser(new int[] {1, 2}, new int[] {5})); // list 0, 3

        Evaluation evaluation = Evaluation.of(IN_ORDER, users, 10, 2, 2, 1);

        assertThat(evaluation.users()).isEqualTo(2);
        assertThat(evaluation.cuts()).extracting(Evaluation.Cut::k).containsExactly(2, 1);
        assertThat(evaluation.at(2).recall()).isEqualTo(.25);
        assertThat(evaluation.at(2).ndcg()).isCloseTo(.5 / (1 + Math.log(2) / Math.log(3)), within(1e-15));
        assertThat(evaluation.at(2).coverage()).isEqualTo(.4);
        assertThat(evaluation.at(1).recall()).isEqualTo(.5);
        assertThat(evaluation.at(1).coverage()).isEqualTo(.2);
    }

    @Test
    void of_usersWithoutLabels_areLeftOut() {
        TestUser labelled = new TestUser(new int[] {0}, new int[] {1});
        TestUser unlabelled = new TestUser(new int[] {1, 2, 3, 4, 5}, new int[0]);

        Evaluation with = Evaluation.of(IN_ORDER, List.of(unlabelled, labelled, unlabelled), 10, 1, 1, 5);

        assertThat(with).isEqualTo(Evaluation.of(IN_ORDER, List.of(labelled), 10, 1, 1, 5));
    }

    @Test
    void of_noUsers_hasNoFigures() {
        Evaluation evaluation = Evaluation.of(IN_ORDER, List.of(), 10, 2, 20);

        assertThat(evaluation.users()).isZero();
        assertThat(evaluation.at(20).recall()).isNaN();
        assertThat(evaluation.at(20).ndcg()).isNaN();
        assertThat(evaluation.at(20).coverage()).isZero();
    }

    @Test
    void of_anyNumberOfThreads_givesTheSameBits() {
        Random random = new Random(3);
        List<TestUser> users = new ArrayList<>();
        for (int u = 0; u < 2_000; u++) {
            users.add(new TestUser(
                    random.ints(0, 10).distinct().limit(3).sorted().toArray(),
                    random.ints(random.nextInt(4), 0, 10).toArray()));
        }

        Evaluation one = Evaluation.of(IN_ORDER, users, 10, 1, 1, 3, 20);

        assertThat(Evaluation.of(IN_ORDER, users, 10, 2, 1, 3, 20)).isEqualTo(one);
        assertThat(Evaluation.of(IN_ORDER, users, 10, 7, 1, 3, 20)).isEqualTo(one);
        assertThat(one.users()).isEqualTo((int)
                users.stream().filter(p -> p.labels().length > 0).count());
    }

    @Test
    void of_failingRankerAndEndlessUsers_failsWithItsError() {
        AtomicInteger read = new AtomicInteger();
        Iterable<TestUser> endless = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public TestUser next() {
                read.incrementAndGet();
                return new TestUser(new int[0], new int[] {1});
            }
        };
        RuntimeException failure = new IllegalStateException("no model");
        Ranker failing = (history, k) -> {
            throw failure;
        };

        assertThatThrownBy(() -> Evaluation.of(failing, endless, 10, 2, 20)).isSameAs(failure);
        assertThat(read.get()).isLessThan(1_000);
    }

    @Test
    void at_anotherCutoff_isRefused() {
        Evaluation evaluation = Evaluation.of(IN_ORDER, List.of(), 10, 1, 20);

        assertThatThrownBy(() -> evaluation.at(10)).isInstanceOf(IllegalArgumentException.class);
    }
}

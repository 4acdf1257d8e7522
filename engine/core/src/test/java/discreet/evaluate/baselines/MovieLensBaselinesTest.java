package discreet.evaluate.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.evaluate.Evaluation;
import discreet.evaluate.MovieLens;
import discreet.evaluate.movielens.Holdout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks that the baselines reach on MovieLens 1M what a numpy implementation reaches with the same protocol.
 * That is recall@20 / NDCG@100 of .168 / .214 (popularity) and .355 / .422 (EASE), as means of five hold-outs
 * with standard deviation .008. The tolerance is almost four of them.
 */
@Tag("slow")
class MovieLensBaselinesTest {
    private static final double TOLERANCE = .03;

    @Test
    void evaluate_oneHoldout_matchesTheReference() {
        Holdout holdout = MovieLens.protocol().holdout(11);
        int items = holdout.items().size();

        Evaluation popularity =
                Evaluation.of(Popularity.fit(holdout.training(), items), holdout.test(), items, 2, 20, 100);
        Evaluation ease = Evaluation.of(Ease.fit(holdout.training(), items), holdout.test(), items, 2, 20, 100);

        assertThat(popularity.at(20).recall()).isCloseTo(.168, within(TOLERANCE));
        assertThat(popularity.at(100).ndcg()).isCloseTo(.214, within(TOLERANCE));
        assertThat(ease.at(20).recall()).isCloseTo(.355, within(TOLERANCE));
        assertThat(ease.at(100).ndcg()).isCloseTo(.422, within(TOLERANCE));
        assertThat(ease.users()).isEqualTo(600);
        assertThat(ease.at(20).coverage()).isGreaterThan(2 * popularity.at(20).coverage());
    }
}

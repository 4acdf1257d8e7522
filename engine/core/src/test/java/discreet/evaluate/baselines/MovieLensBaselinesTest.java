package discreet.evaluate.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.evaluate.Evaluation;
import discreet.evaluate.MovieLens;
import discreet.evaluate.movielens.Holdout;
import org.junit.jupiter.api.Test;

/**
 * The peers reach on MovieLens 1M what a numpy implementation reaches on the same protocol: recall@20 / NDCG@100 of .168 / .214
 * (popularity) and .355 / .422 (EASE), means of five hold-outs whose standard deviation is .008. The tolerance is almost four of them.
 */
class MovieLensBaselinesTest {
    private static final double TOLERANCE = .03;

    @Test
    void evaluate_oneHoldout_isWhereTheReferenceIs() {
        Holdout holdout = MovieLens.protocol().holdout(11);
        int items = holdout.items().size();

        Evaluation popularity =
                Evaluation.of(Popularity.fit(holdout.training(), items), holdout.test(), items, 2, 20, 100);
        Evaluation ease = Evaluation.of(Ease.fit(holdout.training(), items), holdout.test(), items, 2, 20, 100);

        assertThat(popularity.at(20).recall()).isCloseTo(.168, within(TOLERANCE));
        assertThat(popularity.at(100).ndcg()).isCloseTo(.214, within(TOLERANCE));
        assertThat(ease.at(20).recall()).isCloseTo(.355, within(TOLERANCE));
        assertThat(ease.at(100).ndcg()).isCloseTo(.422, within(TOLERANCE));
        assertThat(ease.people()).isEqualTo(600);
        assertThat(ease.at(20).coverage()).isGreaterThan(2 * popularity.at(20).coverage());
    }
}

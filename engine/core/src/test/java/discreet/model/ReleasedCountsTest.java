package discreet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.plan.RankingShares;
import discreet.plan.RatingPlan;
import discreet.plan.RatingShares;
import discreet.privacy.Rho;
import discreet.statistics.Head;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasedCountsTest {
    private static double sigma(Rho gram) {
        return 1 / (2 * Math.sqrt(gram.toDouble()));
    }

    /** The share that is left is what the plan gives to the counts. */
    @ParameterizedTest
    @ValueSource(doubles = {.001, .03, .55, 10})
    void rho_whatPeopleAndGramLeave_isThePlansShare(double total) {
        RankingShares ranking = RankingShares.of(Rho.roundedDown(total));
        assertThat(ReleasedCounts.rho(ranking.people().toDouble(), sigma(ranking.gram())))
                .isCloseTo(ranking.items().toDouble(), within(1e-6 * total));
        RatingShares rating = RatingShares.of(Rho.roundedDown(total), 10_000);
        assertThat(ReleasedCounts.rho(rating.people().toDouble(), sigma(rating.gram())))
                .isCloseTo(rating.firstRound().plus(rating.secondRound()).toDouble(), within(1e-6 * total));
    }

    @Test
    void countSd_ofARatingModel_isThatOfBothRoundsCombined() {
        RatingShares shares = RatingShares.of(Rho.roundedDown(.55), 6_000);
        double first = countSd(shares.firstRound(), RatingPlan.FIRST_ALPHA);
        double second = countSd(shares.secondRound(), RatingPlan.SECOND_ALPHA);
        double rounds = .25 * RatingPlan.FIRST_ALPHA * RatingPlan.FIRST_ALPHA
                + .75 * RatingPlan.SECOND_ALPHA * RatingPlan.SECOND_ALPHA;
        double rho = shares.firstRound().plus(shares.secondRound()).toDouble();
        assertThat(1 / Math.sqrt(2 * rho * rounds))
                .isCloseTo(1 / Math.sqrt(1 / (first * first) + 1 / (second * second)), within(1e-4));
        assertThat(RatingModel.ROUNDS).isCloseTo(rounds, within(1e-12));
    }

    private static double countSd(Rho rho, double alpha) {
        return 1 / Math.sqrt(2 * rho.toDouble()) / alpha;
    }

    /**
     * Of 50 catalogues of 1,000 items that nobody has, hardly an item counts as known by people. An item
     * passes the limit of 3.717 deviations with probability 1e-4, which makes 5 in all, and 30 or more have a
     * probability below 1e-12. Three deviations would let 67 pass.
     */
    @Test
    void few_itemsThatNobodyHas_areNearlyAll() {
        Random random = new Random(3);
        int known = 0;
        int byThreeDeviations = 0;
        for (int draw = 0; draw < 50; draw++) {
            double[] counts =
                    random.doubles(1_000).map(any -> 5 * random.nextGaussian()).toArray();
            Head head = Head.choose(counts, 1_000, .5, 300);
            known += head.size() - ReleasedCounts.few(counts, 5, head).cardinality();
            for (int position = 0; position < head.size(); position++) {
                byThreeDeviations += counts[head.item(position)] > 15 ? 1 : 0;
            }
        }
        assertThat(known).isLessThan(30).isLessThan(byThreeDeviations);
    }

    @Test
    void few_itemsThatManyHave_areKnownByPeople() {
        double[] counts = {100, 20, 19, 0};
        Head head = Head.choose(counts, 1_000, .01, 4);
        double sd = 19.5 / Math.sqrt(2 * Math.log(4));
        assertThat(ReleasedCounts.few(counts, sd, head).stream().map(head::item))
                .containsExactlyInAnyOrder(2, 3);
        assertThat(ReleasedCounts.few(counts, 0, head).cardinality()).isEqualTo(1);
    }
}

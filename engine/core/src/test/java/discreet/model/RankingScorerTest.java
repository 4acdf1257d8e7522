package discreet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.ReferenceCase;
import discreet.statistics.Head;
import discreet.statistics.PackedTriangle;
import discreet.statistics.Spectrum;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingScorerTest {
    private final ReferenceCase reference = new ReferenceCase();
    private final double[] statistic = reference.vector("c");
    private final Head head = Head.choose(statistic, reference.number("n"), reference.number("sigma"), 4096);
    private final RankingScorer scorer = new RankingScorer(statistic, head, referenceSpectrum());

    private Spectrum referenceSpectrum() {
        double[][] noisy = reference.matrix("gram_noisy");
        int order = noisy.length;
        double[] triangle = new double[PackedTriangle.length(order)];
        int at = 0;
        for (int i = 0; i < order; i++) {
            for (int j = i + 1; j < order; j++) {
                triangle[at++] = noisy[i][j];
            }
        }
        return Spectrum.denoise(triangle, order, reference.number("sigma"), 2);
    }

    @Test
    void headScores_referenceUsers_equalTheReference() {
        for (int person = 0; person < 5; person++) {
            assertThat(scorer.headScores(reference.users()[person]))
                    .containsExactly(reference.matrix("scores_of_first_five")[person], within(1e-9));
        }
    }

    @Test
    void recommend_referenceUser_isTheOrderOfScoresWithoutOwnItems() {
        int[] history = reference.users()[0];
        List<Recommendation> list = scorer.recommend(history, 10);
        assertThat(list).hasSize(10).allMatch(place -> place.source() == RecommendationSource.MODEL);
        assertThat(list).noneMatch(place -> Arrays.stream(history).anyMatch(own -> own == place.item()));
        double[] scores = scorer.headScores(history);
        for (int place = 1; place < list.size(); place++) {
            assertThat(list.get(place - 1).score())
                    .isGreaterThanOrEqualTo(list.get(place).score());
        }
        double worst = list.get(9).score();
        for (int position = 0; position < scores.length; position++) {
            int item = head.item(position);
            boolean listed = list.stream().anyMatch(place -> place.item() == item);
            boolean own = Arrays.stream(history).anyMatch(seen -> seen == item);
            assertThat(listed || own || scores[position] <= worst).isTrue();
        }
    }

    @Test
    void recommend_emptyHistory_isPopularityAndSaysSo() {
        List<Recommendation> list = scorer.recommend(new int[0], 30);
        assertThat(list).hasSize(30).allMatch(place -> place.source() == RecommendationSource.POPULAR);
        assertThat(list.get(0).item()).isEqualTo(head.item(0));
    }

    @Test
    void recommend_moreThanTheHead_goesOnWithTheTailByStatistic() {
        double[] c = {9, 1, 8, 2, 3};
        Head small = Head.choose(c, 10, .1, 2);
        RankingScorer two = new RankingScorer(c, small, new Spectrum(new double[0], new double[0], .1));
        List<Recommendation> list = two.recommend(new int[] {0, 3}, 100);
        assertThat(list).extracting(Recommendation::item).containsExactly(2, 4, 1);
        assertThat(list)
                .extracting(Recommendation::source)
                .containsExactly(
                        RecommendationSource.MODEL, RecommendationSource.POPULAR, RecommendationSource.POPULAR);
    }

    @Test
    void recommend_equalScores_goByItemIndex() {
        double[] c = {7, 7, 7, 7};
        RankingScorer even =
                new RankingScorer(c, Head.choose(c, 10, .1, 4), new Spectrum(new double[0], new double[0], .1));
        assertThat(even.recommend(new int[] {1}, 4))
                .extracting(Recommendation::item)
                .containsExactly(0, 2, 3);
    }

    @Test
    void related_item_isSymmetricBoundedAndWithoutItself() {
        for (int item = 0; item < 30; item++) {
            List<Recommendation> related = scorer.related(item, 29);
            assertThat(related).hasSize(29).extracting(Recommendation::item).doesNotContain(item);
            assertThat(related).allMatch(place -> Math.abs(place.score()) <= 1 + 1e-12);
            Recommendation first = related.get(0);
            int from = item;
            assertThat(scorer.related(first.item(), 29))
                    .anyMatch(back -> back.item() == from && Math.abs(back.score() - first.score()) < 1e-12);
        }
    }
}

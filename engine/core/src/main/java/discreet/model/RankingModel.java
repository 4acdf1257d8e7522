package discreet.model;

import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import discreet.history.HistoryForm;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Represents a released model that ranks items. The model consists of the public catalogue, the released item
 * statistic, the head and its denoised spectrum. {@link RankingScorer} makes lists from it.
 *
 * @param statistic released item statistic c, one value per item of the catalogue
 */
public record RankingModel(
        Catalogue catalogue,
        double[] statistic,
        Head head,
        Spectrum spectrum,
        TrainingParameters parameters,
        Provenance provenance)
        implements ReleasedModel {
    public static final String OBJECTIVE = "ranking";

    /** @throws IllegalArgumentException if the parts do not belong together */
    public RankingModel {
        if (statistic.length != catalogue.size() || head.catalogueSize() != catalogue.size()) {
            throw new IllegalArgumentException("statistic and head must be over the catalogue");
        }
        if (spectrum.vectors().length != (long) head.size() * spectrum.rank()) {
            throw new IllegalArgumentException("spectrum must be over the head");
        }
    }

    @Override
    public String objective() {
        return OBJECTIVE;
    }

    @Override
    public HistoryForm<int[]> historyForm() {
        return HistoryForm.ofItems();
    }

    @Override
    public <R> R match(Function<? super RankingModel, R> ranking, Function<? super RatingModel, R> rating) {
        return ranking.apply(this);
    }

    /**
     * Returns the scorer of this model. It scores items outside the head by their tags
     * ({@link TagFactors}).
     */
    @Override
    public RankingScorer scorer() {
        return new RankingScorer(statistic, statisticSd(), head, spectrum, ItemTags.of(catalogue));
    }

    /** Returns the standard deviation of the noise in each value of the statistic, whose sensitivity is 1. */
    double statisticSd() {
        double people = 1 / (2 * provenance.peopleSd() * provenance.peopleSd()); // sensitivity 1
        return 1 / Math.sqrt(2 * ReleasedCounts.rho(people, provenance.sigma()));
    }

    /**
     * {@inheritDoc} Newer items are outside the head and have a statistic of 0, since they are in no rating.
     */
    @Override
    public RankingModel over(Catalogue wider) {
        int[] places = catalogue.items().stream()
                .mapToInt(item -> wider.indexOf(item.id()))
                .toArray();
        if (Arrays.stream(places).anyMatch(place -> place < 0)) {
            throw new IllegalArgumentException("the catalogue must have every item of the model");
        }
        double[] wide = new double[wider.size()];
        for (int item = 0; item < places.length; item++) {
            wide[places[item]] = statistic[item];
        }
        return new RankingModel(wider, wide, head.remap(places, wider.size()), spectrum, parameters, provenance);
    }
}

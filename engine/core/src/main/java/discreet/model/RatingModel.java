package discreet.model;

import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import discreet.history.HistoryForm;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import discreet.statistics.BiasPrior;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A released model that predicts ratings: the mean, a bias an item with its uncertainty, and the denoised spectrum of tastes over the
 * head. Ratings are numbers in [-1, 1] inside of it ({@link discreet.history.RatingRange}).
 *
 * @param mean released mean of people's mean ratings, in [-1, 1]
 * @param counts released count of each item of the catalogue, in contributions of weight 1; with noise, so possibly below 0
 * @param biases how much better than {@code mean} each item of the catalogue is rated, shrunk towards the prior
 * @param biasVariances what is not known of each bias, &gt; 0
 * @param prior what a bias is taken for where nothing was rated: for items that are newer than the model
 * @param spectrum over the head
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RatingModel(
        Catalogue catalogue,
        double mean,
        double[] counts,
        double[] biases,
        double[] biasVariances,
        BiasPrior prior,
        Head head,
        Spectrum spectrum,
        TrainingParameters parameters,
        Provenance provenance)
        implements ReleasedModel {
    static final String OBJECTIVE = "rating";

    /** @throws IllegalArgumentException if the parts do not belong together */
    public RatingModel {
        int items = catalogue.size();
        if (counts.length != items
                || biases.length != items
                || biasVariances.length != items
                || head.catalogueSize() != items) {
            throw new IllegalArgumentException("counts, biases, variances and head must be over the catalogue");
        }
        if (spectrum.vectors().length != (long) head.size() * spectrum.rank()) {
            throw new IllegalArgumentException("spectrum must be over the head");
        }
        if (parameters.ratingRange() == null) {
            throw new IllegalArgumentException("a rating model needs the range of ratings");
        }
        if (!Double.isFinite(mean) || !finite(counts) || !finite(biases) || !finite(biasVariances)) {
            throw new IllegalArgumentException("mean, counts, biases and variances must be finite");
        }
        if (Arrays.stream(biasVariances).anyMatch(variance -> !(variance > 0))) {
            throw new IllegalArgumentException("variances must be > 0");
        }
    }

    private static boolean finite(double[] values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }

    @Override
    public String objective() {
        return OBJECTIVE;
    }

    @Override
    public HistoryForm<RatedHistory> historyForm() {
        return HistoryForm.ofRatings(ratingRange());
    }

    @Override
    public <R> R match(Function<? super RankingModel, R> ranking, Function<? super RatingModel, R> rating) {
        return rating.apply(this);
    }

    /** The declared range of ratings. */
    public RatingRange ratingRange() {
        return Objects.requireNonNull(parameters.ratingRange(), "checked above");
    }

    /** Whether an item came in with {@link #over}: nothing was counted, and its bias is as uncertain as the prior. */
    boolean isNewer(int item) {
        return counts[item] == 0 && biasVariances[item] == prior.variance();
    }

    /** The predictor of this model. */
    @Override
    public RatingScorer scorer() {
        return new RatingScorer(this);
    }

    /**
     * This model over a catalogue that also has newer items. They have no count, no factor, and the bias that the prior gives to their
     * tags. Titles, genres and metadata are those of the new catalogue. Post-processing: costs nothing.
     *
     * @param wider a catalogue with every item of this model's, such as {@link discreet.catalogue.Catalogue#with}
     * @throws IllegalArgumentException if it lacks one
     */
    @Override
    public RatingModel over(Catalogue wider) {
        int[] places = catalogue.items().stream()
                .mapToInt(item -> wider.indexOf(item.id()))
                .toArray();
        if (Arrays.stream(places).anyMatch(place -> place < 0)) {
            throw new IllegalArgumentException("the catalogue must have every item of the model");
        }
        ItemTags tags = ItemTags.of(wider);
        double[] wideCounts = new double[wider.size()];
        double[] wideBiases = IntStream.range(0, wider.size())
                .mapToDouble(item -> prior.of(tags, item))
                .toArray();
        double[] wideVariances = new double[wider.size()];
        Arrays.fill(wideVariances, prior.variance());
        for (int item = 0; item < places.length; item++) {
            wideCounts[places[item]] = counts[item];
            wideBiases[places[item]] = biases[item];
            wideVariances[places[item]] = biasVariances[item];
        }
        return new RatingModel(
                wider,
                mean,
                wideCounts,
                wideBiases,
                wideVariances,
                prior,
                head.remap(places, wider.size()),
                spectrum,
                parameters,
                provenance);
    }
}

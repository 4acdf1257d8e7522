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
 * Represents a released model that predicts ratings. The model consists of the mean, a bias per item with its
 * variance, and the denoised spectrum of tastes over the head. Inside the model a rating is a number in [-1,
 * 1] ({@link RatingRange}).
 *
 * @param mean released mean of the users' mean ratings, in [-1, 1]
 * @param counts released count of each item of the catalogue, in contributions of weight 1. Noise may take
 *     it below 0
 * @param biases by how much each item of the catalogue is rated above {@code mean}, shrunk towards the
 *     prior
 * @param biasVariances posterior variance of each bias, &gt; 0
 * @param prior the bias assumed for items that are newer than the model
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
    public static final String OBJECTIVE = "rating";

    /** Sum over both rounds of the share of rho times alpha^2: a quarter at .4, and the rest at .2. */
    static final double ROUNDS = .25 * .4 * .4 + .75 * .2 * .2;

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

    /**
     * Returns the standard deviation of the noise in each count. Each round has sensitivity 1 and counts with
     * weight alpha, and both are combined by inverse variance.
     */
    double countSd() {
        double people = 1 / (provenance.peopleSd() * provenance.peopleSd()); // sensitivity sqrt 2, with the mean
        return 1 / Math.sqrt(2 * ReleasedCounts.rho(people, provenance.sigma()) * ROUNDS);
    }

    /** Returns the declared range of ratings. */
    public RatingRange ratingRange() {
        return Objects.requireNonNull(parameters.ratingRange(), "checked above");
    }

    /**
     * Returns whether an item was added by {@link #over}. It has no count, and its bias has the variance of
     * the prior.
     */
    boolean isNewer(int item) {
        return counts[item] == 0 && biasVariances[item] == prior.variance();
    }

    /** Returns the scorer of this model. */
    @Override
    public RatingScorer scorer() {
        return new RatingScorer(this);
    }

    /**
     * {@inheritDoc} Newer items have no count and no factor, and the bias that the prior predicts from
     * their tags.
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

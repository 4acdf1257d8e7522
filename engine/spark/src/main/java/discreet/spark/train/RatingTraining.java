package discreet.spark.train;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.Population;
import discreet.ledger.ReleasePlan;
import discreet.ledger.Released;
import discreet.model.Provenance;
import discreet.model.RatingModel;
import discreet.model.TrainingParameters;
import discreet.natives.NativeLibrary;
import discreet.noise.Threads;
import discreet.plan.RankingPlan;
import discreet.plan.RatingPlan;
import discreet.privacy.Budget;
import discreet.spark.ratings.Histories;
import discreet.statistics.BiasContext;
import discreet.statistics.BiasRound;
import discreet.statistics.BiasSum;
import discreet.statistics.GramContext;
import discreet.statistics.GramSum;
import discreet.statistics.Head;
import discreet.statistics.ItemBiases;
import discreet.statistics.MeanSum;
import discreet.statistics.PackedTriangle;
import discreet.statistics.Spectrum;
import discreet.statistics.UserAggregator;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;

/**
 * A rating training, as the method reads: four Gaussian releases, and post-processing of what they gave.
 *
 * <p><b>Privacy.</b> As in {@link RankingTraining}: a person's contribution to each release is a function of that person's rows, of
 * public parameters and of earlier released values, and is bounded for every value of those ({@link MeanSum}, {@link BiasSum}, {@link
 * discreet.statistics.RowScale}), so rho adds up by adaptive composition. Exact sums go into {@link ChargedRelease#release} and nowhere else.
 * The event of probability below e^-2000 that is not charged to delta is the same, too.
 */
public final class RatingTraining {
    /** Components beyond these do not help predictions. */
    private static final int MOST_COMPONENTS = 60;

    private final Population population;
    private final String releaseId;
    private final RatingPlan quote;
    private final TrainingParameters parameters;
    private final RatingRange range;
    private final Consumer<String> progress;

    /**
     * @param epsilon price of this training at the population's delta
     * @param expectedPeople about how many people there are: public
     * @param parameters with a range of ratings, and without a lowest rating
     * @param progress told what is being done; nothing of the data
     * @throws InputException if there is no range of ratings
     */
    public RatingTraining(
            Population population,
            String releaseId,
            double epsilon,
            long expectedPeople,
            TrainingParameters parameters,
            Consumer<String> progress) {
        this.population = population;
        this.releaseId = releaseId;
        this.quote = RatingPlan.of(new Budget(epsilon, population.cap().delta()), expectedPeople);
        this.parameters = parameters;
        this.progress = progress;
        if (parameters.ratingRange() == null) {
            throw new InputException(
                    "Cannot train on ratings: their range is not declared, and it must not be observed."
                            + " Give it as in --rating-range 1,5.");
        }
        this.range = parameters.ratingRange();
        if (parameters.content()) {
            throw new InputException(
                    "Cannot train on ratings with --content: rows that lean towards genres and decades are"
                            + " for rankings. Leave it out: biases and predictions use both already.");
        }
        if (parameters.minRating() > Double.NEGATIVE_INFINITY) {
            throw new InputException("Cannot train on ratings with --min-rating: low ratings say what people do not"
                    + " like, and are learned from, too. Leave it out.");
        }
    }

    /**
     * @param histories of everybody, or of the people of a cell, who alone are charged then
     * @throws InputException if the data has no ratings
     */
    public RatingModel run(Histories histories) {
        if (!histories.hasRatings()) {
            throw new InputException("Cannot train on ratings: the data has no column of them. Name it with"
                    + " --rating-column, or train with --objective ranking.");
        }
        NativeLibrary.load(); // what could fail once noise is drawn fails here, before anything is charged
        int threads = Threads.count();
        Catalogue catalogue = histories.catalogue();
        ItemTags tags = ItemTags.of(catalogue);
        JavaRDD<RatedHistory> rated = histories.rated(range);
        ReleasePlan plan = quote.plan(
                releaseId,
                quote.digest(catalogue, parameters),
                parameters,
                histories.rules().people());
        population.check(plan);
        Supplier<Exact> means = () -> exact(rated, new MeanSum());
        if (!population.isReserved(releaseId)) {
            progress.accept("Reading ratings");
            Exact read = means.get(); // whatever is wrong with the data shows before anything is charged
            means = () -> read;
        }
        try (ChargedRelease training = population.reserve(plan)) {
            progress.accept("Releasing the number of people and the mean");
            Released first = RankingTraining.release(training, quote.people(), "{}", means);
            double[] released = RankingTraining.scaled(first.values(), MeanSum.BITS);
            double people = Math.max(released[0], Head.FEWEST_PEOPLE);
            double mean = Math.max(-1, Math.min(1, released[1] / people));

            progress.accept("Releasing the biases of items");
            BiasContext flat = new BiasContext(mean, new double[catalogue.size()]);
            BiasRound one = round(training, quote.firstRound(), RatingPlan.FIRST_ALPHA, flat, rated);
            BiasContext planned =
                    new BiasContext(mean, ItemBiases.of(one, people, tags).biases());
            Released second = release(training, quote.secondRound(), RatingPlan.SECOND_ALPHA, planned, rated);
            // What was sealed stays with the biases that it was drawn against, whatever this version of the code makes
            // of
            // the first round
            BiasContext against = BiasContext.read(second.context(), catalogue.size());
            BiasRound two = round(second, RatingPlan.SECOND_ALPHA);
            ItemBiases biases = ItemBiases.of(one, two, against.biases(), people, tags);

            double sd = first.sigma() / (1L << MeanSum.BITS);
            GramContext context = GramContext.choose(
                    Head.Rule.RATING, biases.counts(), released[0], sd, quote.headSigma(), parameters.maxHead());
            progress.accept("Releasing the Gram matrix over " + context.head().size() + " items");
            Released noisy = RankingTraining.release(training, quote.gram(context.scale()), context.json(), () -> {
                Exact exact = gram(rated, context, new BiasContext(mean, biases.biases()), biases.variances());
                progress.accept("Adding noise to "
                        + PackedTriangle.length(context.head().size()) + " numbers");
                return exact;
            });
            GramContext drawn = GramContext.read(noisy.context(), catalogue.size());

            progress.accept("Denoising");
            double sigma = noisy.sigma() / drawn.scale().norm2Bound();
            double[] triangle =
                    RankingTraining.scaled(noisy.values(), 2 * drawn.scale().bits());
            Spectrum spectrum = Spectrum.denoise(triangle, drawn.head().size(), sigma, threads);
            return new RatingModel(
                    catalogue,
                    mean,
                    biases.counts(),
                    biases.biases(),
                    biases.variances(),
                    biases.prior(),
                    drawn.head(),
                    spectrum.first(MOST_COMPONENTS),
                    parameters,
                    provenance(training, released[0], sd, sigma));
        }
    }

    private static BiasRound round(
            ChargedRelease training,
            RankingPlan.Vector vector,
            double alpha,
            BiasContext context,
            JavaRDD<RatedHistory> rated) {
        return round(release(training, vector, alpha, context, rated), alpha);
    }

    private static Released release(
            ChargedRelease training,
            RankingPlan.Vector vector,
            double alpha,
            BiasContext context,
            JavaRDD<RatedHistory> rated) {
        return RankingTraining.release(
                training, vector, context.json(), () -> exact(rated, new BiasSum(alpha, context.expected())));
    }

    /** A person's count is alpha times its weight. */
    private static BiasRound round(Released released, double alpha) {
        double[] values = RankingTraining.scaled(released.values(), BiasSum.BITS);
        int items = values.length / 2;
        double sd = released.sigma() / (1L << BiasSum.BITS);
        return new BiasRound(
                Arrays.stream(values, 0, items).map(count -> count / alpha).toArray(),
                Arrays.copyOfRange(values, items, 2 * items),
                sd / alpha,
                sd);
    }

    private static <P> Exact exact(JavaRDD<P> people, UserAggregator<P> summand) {
        return Exact.of(TiledSum.over(people, summand));
    }

    private static Exact gram(
            JavaRDD<RatedHistory> rated, GramContext context, BiasContext biases, double[] variances) {
        GramSum<RatedHistory> gram = GramSum.rating(context.head(), context.scale(), biases.expected(), variances);
        return Exact.of(gram.finish(TiledSum.over(rated, gram)));
    }

    private Provenance provenance(ChargedRelease training, double people, double peopleSd, double sigma) {
        return new Provenance(
                population.name(),
                releaseId,
                training.chainHead(),
                Instant.now(),
                training.price().epsilon(quote.budget().delta()),
                quote.budget().delta(),
                training.price().rho().toDouble(),
                people,
                peopleSd,
                sigma);
    }
}

package discreet.spark.train;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.Released;
import discreet.model.RatingModel;
import discreet.noise.Threads;
import discreet.plan.RatingPlan;
import discreet.plan.VectorPlan;
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
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;

/**
 * Trains a rating model from four Gaussian releases, followed by post-processing of the released values
 * (docs/design/privacy.md, "A rating training").
 *
 * <p><b>Privacy.</b> The argument is that of {@link RankingTraining}. A user's contribution to each release
 * is a function of that user's rows, of public parameters and of earlier released values, and it is bounded
 * for every value of those ({@link MeanSum}, {@link BiasSum}, {@link discreet.statistics.RowScale}), so rho
 * adds up by adaptive composition. Exact sums go into {@link ChargedRelease#release} and nowhere else. The
 * event of probability below e^-2000 that is not charged to delta is the same.
 */
final class RatingTraining {
    /** Components beyond these do not help predictions. */
    private static final int MAX_COMPONENTS = 60;

    private final RatingPlan plan;
    private final TrainingRun run;

    RatingTraining(RatingPlan plan, TrainingRun run) {
        this.plan = plan;
        this.run = run;
    }

    /**
     * Trains on the rows that the plan's rules keep.
     *
     * @throws InputException if the data has no ratings
     */
    RatingModel run(Histories histories) {
        if (!histories.hasRatings()) {
            throw new InputException("Cannot train on ratings: the data has no column of them. Name it with"
                    + " `ratingCol`, or train with `objective` ranking.");
        }
        int threads = Threads.count();
        Catalogue catalogue = histories.catalogue();
        ItemTags tags = ItemTags.of(catalogue);
        MeanSums means = new MeanSums(histories, plan.rating().range());
        try (ChargedRelease training = run.reserve(means::compute)) {
            JavaRDD<RatedHistory> rated = means.rated();
            run.step("Releasing the number of people and the mean");
            Released first = means.release(training, plan.people());
            double[] released = TrainingRun.scaled(first.values(), MeanSum.BITS);
            double sd = first.sigma() / (1L << MeanSum.BITS);
            run.requireEnough(training, first);
            double people = Math.max(released[0], Head.MIN_USERS);
            double mean = Math.max(-1, Math.min(1, released[1] / people));

            run.step("Releasing the biases of items");
            BiasContext flat = new BiasContext(mean, new double[catalogue.size()]);
            BiasRound one = round(training, plan.firstRound(), RatingPlan.FIRST_ALPHA, flat, rated);
            BiasContext planned =
                    new BiasContext(mean, ItemBiases.of(one, people, tags).biases());
            Released second = release(training, plan.secondRound(), RatingPlan.SECOND_ALPHA, planned, rated);
            // A sealed round stays with the biases it was drawn against, even if this version of the code
            // would make others of the first round
            BiasContext against = BiasContext.read(second.context(), catalogue.size());
            BiasRound two = round(second, RatingPlan.SECOND_ALPHA);
            ItemBiases biases = ItemBiases.of(one, two, against.biases(), people, tags);

            GramContext context = GramContext.choose(
                    plan.headRule(),
                    biases.counts(),
                    released[0],
                    sd,
                    plan.headSigma(),
                    plan.request().maxHead());
            run.step("Releasing the Gram matrix over " + context.head().size() + " items");
            Released noisy = TrainingRun.release(training, plan.gram(context.scale()), context.json(), () -> {
                Exact exact = gram(rated, context, new BiasContext(mean, biases.biases()), biases.variances());
                run.step("Adding noise to "
                        + PackedTriangle.length(context.head().size()) + " numbers");
                return exact;
            });
            GramContext drawn = GramContext.read(noisy.context(), catalogue.size());

            run.step("Denoising");
            double sigma = noisy.sigma() / drawn.scale().norm2Bound();
            double[] triangle =
                    TrainingRun.scaled(noisy.values(), 2 * drawn.scale().bits());
            Spectrum spectrum = Spectrum.denoise(triangle, drawn.head().size(), sigma, threads);
            return new RatingModel(
                    catalogue,
                    mean,
                    biases.counts(),
                    biases.biases(),
                    biases.variances(),
                    biases.prior(),
                    drawn.head(),
                    spectrum.first(MAX_COMPONENTS),
                    plan.request().parameters(),
                    run.provenance(training, released[0], sd, sigma));
        }
    }

    private static BiasRound round(
            ChargedRelease training,
            VectorPlan vector,
            double alpha,
            BiasContext context,
            JavaRDD<RatedHistory> rated) {
        return round(release(training, vector, alpha, context, rated), alpha);
    }

    private static Released release(
            ChargedRelease training,
            VectorPlan vector,
            double alpha,
            BiasContext context,
            JavaRDD<RatedHistory> rated) {
        return TrainingRun.release(
                training, vector, context.json(), () -> exact(rated, new BiasSum(alpha, context.expected())));
    }

    /**
     * Reads a released round. A user's vector counts with weight alpha, so counts and their noise are divided
     * by alpha.
     */
    private static BiasRound round(Released released, double alpha) {
        double[] values = TrainingRun.scaled(released.values(), BiasSum.BITS);
        int items = values.length / 2;
        double sd = released.sigma() / (1L << BiasSum.BITS);
        return new BiasRound(
                Arrays.stream(values, 0, items).map(count -> count / alpha).toArray(),
                Arrays.copyOfRange(values, items, 2 * items),
                sd / alpha,
                sd);
    }

    private static <P> Exact exact(JavaRDD<P> people, UserAggregator<P> aggregator) {
        return Exact.of(TiledSum.over(people, aggregator));
    }

    private static Exact gram(
            JavaRDD<RatedHistory> rated, GramContext context, BiasContext biases, double[] variances) {
        GramSum<RatedHistory> gram = GramSum.rating(context.head(), context.scale(), biases.expected(), variances);
        return Exact.of(gram.finish(TiledSum.over(rated, gram)));
    }

    /**
     * Computes the exact number of users and sum of means, once. Spark may group the rows as soon as the RDD
     * is made, so this happens at the first need, after the checks of {@link TrainingRun#reserve}.
     */
    private static final class MeanSums {
        private final Histories histories;
        private final RatingRange range;
        private final OnceSum<Exact> sums = new OnceSum<>(() -> RatingTraining.exact(rated(), new MeanSum()));
        private @Nullable JavaRDD<RatedHistory> rated;

        MeanSums(Histories histories, RatingRange range) {
            this.histories = histories;
            this.range = range;
        }

        JavaRDD<RatedHistory> rated() {
            if (rated == null) {
                rated = histories.rated(range);
            }
            return rated;
        }

        void compute() {
            sums.get();
        }

        Released release(ChargedRelease training, VectorPlan vector) {
            Released released = TrainingRun.release(training, vector, "{}", sums::take);
            sums.forget();
            return released;
        }
    }
}

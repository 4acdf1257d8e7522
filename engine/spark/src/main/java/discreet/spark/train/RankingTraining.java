package discreet.spark.train;

import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.Population;
import discreet.ledger.ReleasePlan;
import discreet.ledger.Released;
import discreet.model.Provenance;
import discreet.model.RankingModel;
import discreet.model.TrainingParameters;
import discreet.natives.NativeLibrary;
import discreet.noise.Threads;
import discreet.plan.RankingPlan;
import discreet.privacy.Budget;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.UncataloguedHistories;
import discreet.statistics.GramContext;
import discreet.statistics.GramSum;
import discreet.statistics.Head;
import discreet.statistics.ItemSum;
import discreet.statistics.PackedTriangle;
import discreet.statistics.Spectrum;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A ranking training, as the method reads: three Gaussian releases, and post-processing of what they gave. Where items are not listed the
 * second is thresholded, and gives the catalogue as well ({@link DiscoveredItems}).
 *
 * <p><b>Privacy.</b> Neighbouring data sets differ by all rows of one account, added or removed. A person's contribution to
 * each release is a function of that person's rows, of public parameters and of earlier released values, and is bounded for
 * every value of those ({@link ItemSum}, {@link discreet.statistics.RowScale}), so rho and delta add up by adaptive composition. Exact sums go into
 * {@link ChargedRelease#release} and nowhere else; everything after it works on released values. One event of probability below
 * e^-2000 is not charged to delta: see {@link discreet.statistics.RowScale#forPeople}.
 */
public final class RankingTraining {
    private final Population population;
    private final String releaseId;
    private final Budget budget;
    private final TrainingParameters parameters;
    private final Consumer<String> progress;

    /**
     * @param epsilon price of this training at the population's delta
     * @param progress told what is being done; nothing of the data
     */
    public RankingTraining(
            Population population,
            String releaseId,
            double epsilon,
            TrainingParameters parameters,
            Consumer<String> progress) {
        this.population = population;
        this.releaseId = releaseId;
        this.budget = new Budget(epsilon, population.cap().delta());
        this.parameters = parameters;
        this.progress = progress;
    }

    /** @param histories of everybody, or of the people of a cell, who alone are charged then */
    public RankingModel run(Histories histories) {
        Catalogue catalogue = histories.catalogue();
        RankingPlan quote = RankingPlan.of(budget);
        return run(quote, new ItemTotals(histories, quote.digest(catalogue, parameters)));
    }

    /** Finds out privately which items there are. @param histories as above */
    public RankingModel run(UncataloguedHistories histories) {
        int most = histories.rules().maxItemsPerUser();
        return run(RankingPlan.discovering(budget, most), new DiscoveredItems(histories));
    }

    private RankingModel run(RankingPlan quote, ItemSource source) {
        NativeLibrary.load(); // what could fail once noise is drawn fails here, before anything is charged
        int threads = Threads.count();
        ReleasePlan plan = quote.plan(
                releaseId, source.catalogue(), parameters, source.rules().people());
        population.check(plan);
        if (!population.isReserved(releaseId)) {
            progress.accept("Reading ratings");
            source.compute(); // whatever is wrong with the data shows before anything is charged
        }
        try (ChargedRelease training = population.reserve(plan)) {
            progress.accept("Releasing the number of people and the item statistic");
            Released people = release(training, quote.people(), "{}", source::people);
            ItemSource.Items items = source.release(training, quote.items());
            Histories histories = items.histories();
            Catalogue catalogue = histories.catalogue(); // released values only from here on

            double[] statistic = scaled(items.statistic(), ItemSum.BITS);
            double released = scaled(people.values(), RankingPlan.PEOPLE_BITS)[0];
            double sd = people.sigma() / (1 << RankingPlan.PEOPLE_BITS);
            GramContext chosen = GramContext.choose(statistic, released, sd, quote.headSigma(), parameters.maxHead());
            GramContext planned = parameters.content()
                    ? chosen.leaning(statistic, quote.items().noise(), ItemTags.of(catalogue), threads)
                    : chosen;

            progress.accept("Releasing the Gram matrix over " + planned.head().size() + " items");
            Released noisy = release(training, quote.gram(planned.scale()), planned.json(), () -> {
                Exact exact = gram(histories, planned);
                progress.accept("Adding noise to "
                        + PackedTriangle.length(planned.head().size()) + " numbers");
                return exact;
            });
            // A sealed matrix stays with the head it was drawn over, whatever this version of the code would choose
            GramContext context = GramContext.read(noisy.context(), catalogue.size());

            progress.accept("Denoising");
            double sigma = noisy.sigma() / context.scale().norm2Bound();
            double[] triangle = scaled(noisy.values(), 2 * context.scale().bits());
            Head head = context.head();
            Spectrum spectrum =
                    context.content().undo(Spectrum.denoise(triangle, head.size(), sigma, threads), threads);
            return new RankingModel(
                    catalogue, statistic, head, spectrum, parameters, provenance(training, released, sd, sigma));
        }
    }

    static Released release(ChargedRelease training, RankingPlan.Vector vector, String context, Supplier<Exact> exact) {
        return training.release(vector.name(), vector.sensitivity(), context, exact);
    }

    private static Exact gram(Histories histories, GramContext context) {
        GramSum<int[]> gram = GramSum.ranking(context.head(), context.scale(), context.content());
        return Exact.of(gram.finish(TiledSum.over(histories.rows(), gram)));
    }

    private Provenance provenance(ChargedRelease training, double people, double peopleSd, double sigma) {
        return new Provenance(
                population.name(),
                releaseId,
                training.chainHead(),
                Instant.now(),
                training.price().epsilon(budget.delta()),
                budget.delta(),
                training.price().rho().toDouble(),
                people,
                peopleSd,
                sigma,
                training.price().delta().toDouble());
    }

    static double[] scaled(long[] values, int bits) {
        return Arrays.stream(values)
                .mapToDouble(value -> Math.scalb((double) value, -bits))
                .toArray();
    }
}

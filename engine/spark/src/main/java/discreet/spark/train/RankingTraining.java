package discreet.spark.train;

import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.Released;
import discreet.model.RankingModel;
import discreet.noise.Threads;
import discreet.plan.RankingPlan;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.ItemIdHistories;
import discreet.statistics.GramContext;
import discreet.statistics.GramSum;
import discreet.statistics.Head;
import discreet.statistics.ItemSum;
import discreet.statistics.PackedTriangle;
import discreet.statistics.Spectrum;

/**
 * Trains a ranking from three Gaussian releases, followed by post-processing of the released values
 * (docs/design/architecture.md). Where no catalogue lists the items, the second release is thresholded and
 * yields the catalogue as well ({@link SelectedItems}).
 *
 * <p><b>Privacy.</b> Neighbouring data sets differ by all rows of one account, added or removed. A user's
 * contribution to each release is a function of that user's rows, of public parameters and of earlier
 * released values. It is bounded for every value of those ({@link ItemSum},
 * {@link discreet.statistics.RowScale}), so rho and delta add up by adaptive composition. Exact sums go into
 * {@link ChargedRelease#release} and nowhere else, and everything after it works on released values.
 */
final class RankingTraining {
    private final RankingPlan plan;
    private final TrainingRun run;

    RankingTraining(RankingPlan plan, TrainingRun run) {
        this.plan = plan;
        this.run = run;
    }

    /** Trains over a listed catalogue, on the rows that the plan's rules keep. */
    RankingModel run(Histories histories) {
        return run(new ListedItems(histories));
    }

    /** Trains where private partition selection finds the catalogue. */
    RankingModel run(ItemIdHistories histories) {
        return run(new SelectedItems(histories));
    }

    private RankingModel run(ItemSource source) {
        int threads = Threads.count();
        try (ChargedRelease training = run.reserve(source::compute)) {
            run.step("Releasing the number of people and the item statistic");
            Released people = TrainingRun.release(training, plan.people(), "{}", source::people);
            double released = TrainingRun.scaled(people.values(), RankingPlan.PEOPLE_BITS)[0];
            double sd = people.sigma() / (1 << RankingPlan.PEOPLE_BITS);
            run.requireEnough(training, people);
            ItemSource.Items items = source.release(training, plan.items());
            Histories histories = items.histories();
            Catalogue catalogue = histories.catalogue(); // released values only from here on

            double[] statistic = TrainingRun.scaled(items.statistic(), ItemSum.BITS);
            int maxHead = plan.request().maxHead();
            GramContext chosen =
                    GramContext.choose(plan.headRule(), statistic, released, sd, plan.headSigma(), maxHead);
            GramContext planned = plan.ranking().content()
                    ? chosen.withContent(statistic, plan.items().noise(), ItemTags.of(catalogue), threads)
                    : chosen;

            run.step("Releasing the Gram matrix over " + planned.head().size() + " items");
            Released noisy = TrainingRun.release(training, plan.gram(planned.scale()), planned.json(), () -> {
                Exact exact = gram(histories, planned);
                run.step("Adding noise to "
                        + PackedTriangle.length(planned.head().size()) + " numbers");
                return exact;
            });
            // A sealed matrix stays with the head it was drawn over, even if this version of the code would
            // choose another
            GramContext context = GramContext.read(noisy.context(), catalogue.size());

            run.step("Denoising");
            double sigma = noisy.sigma() / context.scale().norm2Bound();
            double[] triangle =
                    TrainingRun.scaled(noisy.values(), 2 * context.scale().bits());
            Head head = context.head();
            Spectrum spectrum =
                    context.content().undo(Spectrum.denoise(triangle, head.size(), sigma, threads), threads);
            return new RankingModel(
                    catalogue,
                    statistic,
                    head,
                    spectrum,
                    plan.request().parameters(),
                    run.provenance(training, released, sd, sigma));
        }
    }

    private static Exact gram(Histories histories, GramContext context) {
        GramSum<int[]> gram = GramSum.ranking(context.head(), context.scale(), context.content());
        return Exact.of(gram.finish(TiledSum.over(histories.rows(), gram)));
    }
}

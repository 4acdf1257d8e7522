package discreet.cli.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.InputException;
import discreet.cli.shared.Arguments;
import discreet.cli.shared.DeltaRemark;
import discreet.cli.shared.Json;
import discreet.cli.shared.LedgerOption;
import discreet.cli.shared.LedgerTrust;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.plan.Assumptions;
import discreet.plan.ItemIds;
import discreet.plan.Objective;
import discreet.plan.PartitionSelection;
import discreet.plan.PeopleGuard;
import discreet.plan.ReleaseSchedule;
import discreet.plan.RemainingBudget;
import discreet.plan.ScheduledRelease;
import discreet.plan.SmallestEpsilon;
import discreet.plan.TrainingPlan;
import discreet.plan.TrainingRequest;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs {@code discreet quote}, which prices trainings without Spark, without ratings, and without charging
 * anything.
 */
@Command(
        name = "quote",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Says what trainings would cost and how much noise they would get. Charges nothing.",
        description = {
            "",
            "A training charges what was quoted, to the unit. Costs are rounded up, and noise and "
                    + "what is left are rounded down. The number of people is unknown before a training and "
                    + "therefore assumed. A quote for something that the budget would refuse says so and ends "
                    + "with exit code 0.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  discreet quote --epsilon 1",
            "  discreet quote --population viewers --epsilon 1 --releases 12 --every P1M",
            "  discreet quote --gram-noise 2 --people 50000",
            "  discreet quote --cap 5 --epsilon 1",
            "  discreet quote --objective rating --epsilon 5 --people 6000"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class QuoteCommand implements Callable<Integer> {
    private static final String DOING = "quote";
    private static final double USUAL_DELTA = 1e-5;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--epsilon",
            paramLabel = "E",
            description = "Price of a training (default: all that the population or the cap has left).")
    private @Nullable Double epsilon;

    @Option(
            names = "--objective",
            paramLabel = "WHAT",
            defaultValue = "ranking",
            description = "What is learned: ranking (default) or rating.")
    private String objective;

    @Option(
            names = "--people-noise",
            paramLabel = "S",
            description = "Instead of --epsilon: the smallest epsilon that keeps the noise on the number of people "
                    + "at or below S.")
    private @Nullable Double peopleNoise;

    @Option(
            names = "--item-noise",
            paramLabel = "S",
            description = "The same for an item's statistic, to which one account adds at most 1. In a rating "
                    + "training, the same for the second round of biases.")
    private @Nullable Double itemNoise;

    @Option(
            names = "--gram-noise",
            paramLabel = "S",
            description = "The same for an entry of the Gram matrix, to which one account adds at most 1/2.")
    private @Nullable Double gramNoise;

    @Option(
            names = "--delta",
            paramLabel = "X",
            description = "Delta of the price (default: the population's, else 1e-5).")
    private @Nullable Double delta;

    @Option(
            names = "--delta-for-items",
            paramLabel = "Y",
            description = "The part of --delta that pays for item ids (default: the population's, else a tenth).")
    private @Nullable Double deltaForItems;

    @Option(
            names = "--population",
            paramLabel = "NAME",
            description = "The population whose budget would pay. The quote then says what is spent, what is left, "
                    + "and what would be refused.")
    private @Nullable String population;

    @Option(
            names = "--cap",
            paramLabel = "E",
            description = "Instead of --population: an unspent cap of epsilon E at --delta.")
    private @Nullable Double cap;

    @Option(
            names = "--releases",
            paramLabel = "N",
            description = "Quotes N trainings of this price, at most " + ScheduleFile.MAX_RELEASES + ".")
    private @Nullable Integer releases;

    @Option(
            names = "--every",
            paramLabel = "PERIOD",
            description = "Time from one training to the next, such as P1M, P2W or P1Y (default: P1M).")
    private @Nullable String every;

    @Option(names = "--from", paramLabel = "DATE", description = "Day of the first training (default: today, UTC).")
    private @Nullable String from;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "Quotes the trainings in a CSV file with a header and the columns date and epsilon.")
    private @Nullable Path plan;

    @Option(
            names = "--people",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Assumed number of people (default: ${DEFAULT-VALUE}). A rating training splits its "
                    + "budget by it, so give train the same number as --expected-people.")
    private long people;

    @Option(
            names = "--items",
            paramLabel = "M",
            defaultValue = "5000",
            description = "Assumed number of items in the catalogue (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(
            names = "--max-head",
            paramLabel = "N",
            defaultValue = "" + TrainingRequest.DEFAULT_MAX_HEAD,
            description = "Tastes are learned over at most N items (default: ${DEFAULT-VALUE}).")
    private int maxHead;

    @Option(
            names = "--discover",
            description = "Quotes trainings without --items, where a part of delta pays for the private partition "
                    + "selection of item ids.")
    private boolean discover;

    @Option(
            names = "--max-items-per-user",
            paramLabel = "K",
            defaultValue = "500",
            description = "With --discover: at most K items of a person count (default: ${DEFAULT-VALUE}).")
    private int maxItemsPerUser;

    @Option(
            names = "--at-least-people",
            paramLabel = "N",
            defaultValue = "" + PeopleGuard.DEFAULT_PEOPLE,
            description = "What train would be given: it stops unless the released number of people is above N and "
                    + "above three times its noise (default: ${DEFAULT-VALUE}).")
    private long atLeastPeople;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        try {
            return quote();
        } catch (InputException e) {
            throw e.during(DOING);
        }
    }

    private int quote() {
        Assumptions assumed = new Assumptions(people, items, maxHead);
        TrainingRequest request = request();
        checkTogether();
        RemainingBudget remainingBudget = remainingBudget();
        // Without a cap, epsilon is that of the training, and only the deltas matter
        Budget deltas = remainingBudget == null ? new Budget(1, delta(), deltaForItems()) : remainingBudget.cap();
        DeltaRemark.print(spec.commandLine().getErr(), deltas.delta(), people);
        PrintWriter out = spec.commandLine().getOut();
        if (plan != null) {
            print(out, null, schedule(ScheduleFile.read(plan), request, deltas, assumed, remainingBudget));
            return 0;
        }
        TrainingPlan quoted = quote(request, deltas, assumed, remainingBudget);
        if (quoted == null) {
            nothingLeft(out, remainingBudget);
            return 0;
        }
        QuoteReport report = new QuoteReport(quoted, assumed, remainingBudget);
        List<ScheduledRelease> planned = planned(quoted.budget().epsilon());
        print(out, report, planned.isEmpty() ? null : schedule(planned, request, deltas, assumed, remainingBudget));
        return 0;
    }

    /** Makes the request. Where no epsilon is given, another option decides it later, and 1 stands in. */
    private TrainingRequest request() {
        Objective learned = Objective.priced(objective, people);
        if (discover && learned.needsCatalogue()) {
            throw new InputException(
                    "Cannot quote: --discover is for --objective ranking. Leave it out: a rating training needs a list"
                            + " of items.");
        }
        return new TrainingRequest(
                learned,
                epsilon == null ? 1 : epsilon,
                maxItemsPerUser,
                maxHead,
                discover ? new ItemIds.SelectedPrivately() : new ItemIds.ToBeListed(),
                new PeopleGuard(atLeastPeople),
                null);
    }

    private static ScheduleReport schedule(
            List<ScheduledRelease> planned,
            TrainingRequest request,
            Budget deltas,
            Assumptions assumed,
            @Nullable RemainingBudget remainingBudget) {
        ReleaseSchedule schedule = new ReleaseSchedule(planned, request, deltas, remainingBudget);
        return new ScheduleReport(schedule, deltas.delta(), assumed, remainingBudget);
    }

    private void checkTogether() {
        long prices = Stream.of(epsilon, noiseAsked() ? Boolean.TRUE : null, plan)
                .filter(given -> given != null)
                .count();
        if (prices > 1) {
            throw new InputException(
                    "Cannot quote: --epsilon, a noise and --plan each say what a training costs. Give one of"
                            + " them.");
        }
        if (prices == 0 && population == null && cap == null) {
            throw new InputException(
                    "Cannot quote: nothing says what a training costs. Give --epsilon, --population, --cap,"
                            + " --people-noise, --item-noise, --gram-noise or --plan.");
        }
        if (population != null && (cap != null || delta != null || deltaForItems != null)) {
            throw new InputException("Cannot quote: a population has a cap and a delta of its own. Leave out --cap and"
                    + " --delta, or --population.");
        }
        if (plan != null && releases != null) {
            throw new InputException(
                    "Cannot quote: --plan says how many releases there are and when. Leave out --releases.");
        }
        if (releases == null && (every != null || from != null)) {
            throw new InputException(
                    "Cannot quote: --every and --from belong to --releases. Say how many, or leave them out.");
        }
    }

    private boolean noiseAsked() {
        return peopleNoise != null || itemNoise != null || gramNoise != null;
    }

    private double delta() {
        if (delta == null) {
            return USUAL_DELTA;
        }
        if (!(delta > 0 && delta < 1)) {
            throw new InputException("Cannot quote: --delta must be > 0 and < 1. Provided value: " + delta
                    + ". Give a number well below one in the number of people, such as 1e-5.");
        }
        return delta;
    }

    private Delta deltaForItems() {
        if (deltaForItems == null) {
            return Budget.usualDeltaForItems(delta());
        }
        if (!(deltaForItems >= 0 && deltaForItems < delta())) {
            throw new InputException("Cannot quote: --delta-for-items must be >= 0 and below --delta. Provided value: "
                    + deltaForItems + ". Leave it out for a tenth of --delta.");
        }
        return Delta.roundedUp(deltaForItems);
    }

    private @Nullable RemainingBudget remainingBudget() {
        if (population != null) {
            try (Ledger opened = ledger.open()) {
                Population paying = opened.population(population);
                LedgerTrust.require("quote", paying);
                return RemainingBudget.of(paying.status());
            }
        }
        return cap == null
                ? null
                : RemainingBudget.full(
                        new Budget(Arguments.positiveFinite(DOING, "--cap", cap), delta(), deltaForItems()));
    }

    /** Returns null if no option says what a training costs and nothing is left of the budget. */
    private @Nullable TrainingPlan quote(
            TrainingRequest request, Budget deltas, Assumptions assumed, @Nullable RemainingBudget remainingBudget) {
        if (epsilon != null) {
            return request.plan(deltas);
        }
        if (noiseAsked()) {
            double ofPeople = target("--people-noise", peopleNoise);
            double ofItems = target("--item-noise", itemNoise);
            double ofGram = target("--gram-noise", gramNoise);
            return SmallestEpsilon.search(
                    request,
                    deltas,
                    tried -> tried.people().noise() <= ofPeople
                            && tried.items().noise() <= ofItems
                            && tried.gram(assumed).noise() <= ofGram);
        }
        Delta next = discover ? PartitionSelection.deltaOf(deltas) : Delta.ZERO;
        double left = remainingBudget == null ? 0 : remainingBudget.leftToAskFor(next);
        return left > 0 ? request.withEpsilon(left).plan(deltas) : null;
    }

    private static double target(String option, @Nullable Double noise) {
        return noise == null ? Double.POSITIVE_INFINITY : Arguments.positiveFinite(DOING, option, noise);
    }

    private List<ScheduledRelease> planned(double price) {
        if (releases == null) {
            return List.of();
        }
        return ScheduleFile.repeated(
                releases,
                ScheduleFile.period(every == null ? "P1M" : every),
                from == null ? LocalDate.now(ZoneOffset.UTC) : ScheduleFile.date(from),
                price);
    }

    private void print(PrintWriter out, @Nullable QuoteReport report, @Nullable ScheduleReport schedule) {
        if (json) {
            ObjectNode object = report == null ? Json.object() : report.json();
            if (schedule != null) {
                object.setAll(schedule.json());
            }
            out.println(Json.text(object));
            return;
        }
        if (report != null) {
            out.println(report.text());
        }
        if (schedule != null) {
            out.println(schedule.text());
        }
    }

    private void nothingLeft(PrintWriter out, @Nullable RemainingBudget remainingBudget) {
        if (remainingBudget != null) {
            out.println(
                    json
                            ? Json.text(Json.object().set("budget", new BudgetReport(remainingBudget).json()))
                            : "Nothing can be trained on " + new BudgetReport(remainingBudget).text() + ".");
        }
    }
}

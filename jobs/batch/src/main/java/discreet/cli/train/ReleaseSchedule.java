package discreet.cli.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.plan.Assumptions;
import discreet.plan.TrainingPlan;
import discreet.privacy.Attacker;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Prices planned trainings in the order in which the ledger would meet them. A refused training charges
 * nothing.
 */
final class ReleaseSchedule {
    private final double delta;
    private final @Nullable RemainingBudget remainingBudget;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * Keeps the price and noise of one epsilon, so that OpenDP is asked once for all trainings of that
     * epsilon.
     */
    private record Training(
            double epsilon, PrivacyCost price, double peopleNoise, double itemNoise, double gramNoise, int head) {
        static Training of(TrainingPlan plan, Assumptions assumed) {
            return new Training(
                    plan.budget().epsilon(),
                    plan.price(),
                    plan.people().noise(),
                    plan.items().noise(),
                    plan.gram(assumed).noise(),
                    plan.headSize(assumed));
        }
    }

    /**
     * Holds one planned training.
     *
     * @param total price of everything up to it, including what was spent before the plan
     * @param left the largest epsilon that can be asked for after it
     */
    private record Entry(
            int number,
            LocalDate date,
            Training training,
            boolean admitted,
            PrivacyCost total,
            double epsilonTotal,
            double left) {}

    /**
     * @param plan returns the plan of a training at an epsilon
     * @param remainingBudget the budget that would pay. Null sums the plan up and refuses nothing
     */
    ReleaseSchedule(
            List<ScheduledRelease> planned,
            double delta,
            DoubleFunction<TrainingPlan> plan,
            Assumptions assumed,
            @Nullable RemainingBudget remainingBudget) {
        this.delta = delta;
        this.remainingBudget = remainingBudget;
        RemainingBudget now = remainingBudget;
        PrivacyCost total = remainingBudget == null ? PrivacyCost.NOTHING : remainingBudget.charged();
        double left = now == null ? Double.POSITIVE_INFINITY : now.left();
        double spent = total.epsilon(delta);
        Rho refused = Rho.MAX; // what was too much stays too much
        Map<Double, Training> trainings = new HashMap<>();
        for (ScheduledRelease release : planned) {
            Training training =
                    trainings.computeIfAbsent(release.epsilon(), epsilon -> Training.of(plan.apply(epsilon), assumed));
            PrivacyCost price = training.price();
            boolean admitted = now == null || (price.rho().compareTo(refused) < 0 && now.admits(price));
            if (admitted) {
                total = total.plus(price);
                spent = total.epsilon(delta);
                if (now != null) {
                    now = now.after(price);
                    left = now.left(price.delta());
                }
            } else if (price.rho().compareTo(refused) < 0) {
                refused = price.rho();
            }
            entries.add(new Entry(entries.size() + 1, release.date(), training, admitted, total, spent, left));
        }
    }

    private @Nullable Entry firstRefused() {
        return entries.stream().filter(entry -> !entry.admitted()).findFirst().orElse(null);
    }

    private boolean refusesTheRest(Entry first) {
        return entries.stream().skip(first.number()).noneMatch(Entry::admitted);
    }

    private PrivacyCost total() {
        return entries.get(entries.size() - 1).total();
    }

    String text() {
        StringBuilder text = new StringBuilder(table()).append(System.lineSeparator());
        if (remainingBudget != null) {
            QuoteReport.line(text, "Budget", remainingBudget.text());
        }
        QuoteReport.line(text, "The cap", verdict());
        QuoteReport.line(
                text,
                "In plain words",
                "after all that fits: " + Attacker.sentence(total().rho().toDouble()));
        return text.toString().stripTrailing();
    }

    private String verdict() {
        if (remainingBudget == null) {
            return "none was given: with --population or --cap this says where it is reached";
        }
        Entry first = firstRefused();
        if (first == null) {
            return "is not passed: all " + entries.size() + " fit";
        }
        return "is reached: refused " + (refusesTheRest(first) ? "from the " : "is the ") + ordinal(first.number())
                + ", "
                + first.date() + (refusesTheRest(first) ? "" : ", but not everything after it")
                + " (train: exit code 3)";
    }

    static String ordinal(int number) {
        int last = number % 10;
        boolean teen = number / 10 % 10 == 1;
        return number + (teen || last > 3 || last == 0 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd");
    }

    private String table() {
        Table table = new Table()
                .column("#", HorizontalAlign.RIGHT)
                .column("date", HorizontalAlign.LEFT)
                .column("epsilon", HorizontalAlign.RIGHT)
                .column("rho", HorizontalAlign.RIGHT)
                .column("people +-", HorizontalAlign.RIGHT)
                .column("Gram +-", HorizontalAlign.RIGHT)
                .column("head", HorizontalAlign.RIGHT)
                .column("rho in all", HorizontalAlign.RIGHT)
                .column("epsilon in all", HorizontalAlign.RIGHT);
        if (remainingBudget != null) {
            table.column("left", HorizontalAlign.RIGHT);
        }
        return table.rows(entries.stream().map(this::row).toList());
    }

    private List<String> row(Entry entry) {
        Training training = entry.training();
        List<String> row = new ArrayList<>(List.of(
                Integer.toString(entry.number()),
                entry.date().toString(),
                Figures.atLeast(training.epsilon()),
                Figures.rho(training.price().rho().toDouble()),
                Figures.atMost(training.peopleNoise()),
                Figures.atMost(training.gramNoise()),
                Figures.count(training.head()),
                entry.admitted() ? Figures.rho(entry.total().rho().toDouble()) : "refused",
                entry.admitted() ? Figures.atLeast(entry.epsilonTotal()) : ""));
        if (remainingBudget != null) {
            row.add(Figures.atMost(entry.left()));
        }
        return row;
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        if (remainingBudget != null) {
            json.set("budget", remainingBudget.json());
        }
        ArrayNode list = json.putArray("releases");
        for (Entry entry : entries) {
            Training training = entry.training();
            ObjectNode one = list.addObject()
                    .put("number", entry.number())
                    .put("date", entry.date().toString())
                    .put("epsilon", training.epsilon())
                    .put("rho", training.price().rho().toDouble())
                    .put("peopleNoise", training.peopleNoise())
                    .put("itemNoise", training.itemNoise())
                    .put("gramNoise", training.gramNoise())
                    .put("head", training.head())
                    .put("admitted", entry.admitted())
                    .put("rhoInAll", entry.total().rho().toDouble())
                    .put("deltaInAll", entry.total().delta().toDouble())
                    .put("epsilonInAll", entry.epsilonTotal());
            if (remainingBudget != null) {
                one.put("epsilonLeft", entry.left());
            }
        }
        Entry first = firstRefused();
        if (first != null) {
            json.putObject("refused")
                    .put("number", first.number())
                    .put("date", first.date().toString())
                    .put("allAfterIt", refusesTheRest(first));
        }
        return json.put("delta", delta)
                .put("attackerAccuracy", Attacker.accuracy(total().rho().toDouble()));
    }
}

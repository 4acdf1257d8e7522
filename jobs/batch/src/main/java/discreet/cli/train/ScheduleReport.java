package discreet.cli.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.plan.Assumptions;
import discreet.plan.PeopleGuard;
import discreet.plan.ReleaseSchedule;
import discreet.plan.RemainingBudget;
import discreet.plan.TrainingPlan;
import discreet.privacy.Attacker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a schedule of trainings to readers and programs. */
final class ScheduleReport {
    private final ReleaseSchedule schedule;
    private final double delta;
    private final Assumptions assumed;
    private final @Nullable RemainingBudget budget;
    private final Map<Double, Noise> noiseByEpsilon = new HashMap<>();

    /** Noise and head of one epsilon, kept because OpenDP takes some milliseconds to find them. */
    private record Noise(double people, double items, double gram, int head) {
        static Noise of(TrainingPlan plan, Assumptions assumed) {
            return new Noise(
                    plan.people().noise(),
                    plan.items().noise(),
                    plan.gram(assumed).noise(),
                    plan.headSize(assumed));
        }
    }

    /**
     * @param delta at which prices are meant
     * @param budget the budget that would pay. Null if none was named
     */
    ScheduleReport(ReleaseSchedule schedule, double delta, Assumptions assumed, @Nullable RemainingBudget budget) {
        this.schedule = schedule;
        this.delta = delta;
        this.assumed = assumed;
        this.budget = budget;
    }

    private boolean stops(ReleaseSchedule.Entry entry) {
        PeopleGuard guard = entry.plan().request().guard();
        return guard.outlook(assumed.people(), noise(entry).people()) == PeopleGuard.Outlook.STOPS;
    }

    private Noise noise(ReleaseSchedule.Entry entry) {
        return noiseByEpsilon.computeIfAbsent(
                entry.plan().budget().epsilon(), epsilon -> Noise.of(entry.plan(), assumed));
    }

    String text() {
        StringBuilder text = new StringBuilder(table()).append(System.lineSeparator());
        if (budget != null) {
            QuoteReport.line(text, "Budget", new BudgetReport(budget).text());
        }
        long stopping = schedule.entries().stream().filter(this::stops).count();
        if (stopping > 0) {
            QuoteReport.line(
                    text,
                    "Guard",
                    stopping + " of these " + schedule.entries().size() + " would stop after their first hundredth: "
                            + Figures.count(assumed.people()) + " people are too few");
        }
        QuoteReport.line(text, "The cap", verdict());
        QuoteReport.line(text, "In plain words", "after all that fits: " + Attacker.sentence(schedule.total()));
        return text.toString().stripTrailing();
    }

    private String verdict() {
        if (budget == null) {
            return "none was given: with --population or --cap this says where it is reached";
        }
        ReleaseSchedule.Entry first = schedule.firstRefused();
        if (first == null) {
            return "is not passed: all " + schedule.entries().size() + " fit";
        }
        return "is reached: refused " + (schedule.refusesTheRest(first) ? "from the " : "is the ")
                + ordinal(first.number())
                + ", "
                + first.date() + (schedule.refusesTheRest(first) ? "" : ", but not everything after it")
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
        if (budget != null) {
            table.column("spent", HorizontalAlign.RIGHT).column("left", HorizontalAlign.RIGHT);
        }
        return table.rows(schedule.entries().stream().map(this::row).toList());
    }

    private List<String> row(ReleaseSchedule.Entry entry) {
        Noise noise = noise(entry);
        List<String> row = new ArrayList<>(List.of(
                Integer.toString(entry.number()),
                entry.date().toString(),
                Figures.atLeast(entry.plan().budget().epsilon()),
                Figures.rho(entry.price().rho().toDouble()),
                Figures.atMost(noise.people()),
                Figures.atMost(noise.gram()),
                Figures.count(noise.head()),
                entry.admitted() ? Figures.rho(entry.total().rho().toDouble()) : "refused",
                entry.admitted() ? Figures.atLeast(entry.epsilonTotal()) : ""));
        if (budget != null) {
            row.add(new BudgetShare(budget.cap(), entry.total()).spent());
            row.add(Figures.atMost(entry.left()));
        }
        return row;
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        if (budget != null) {
            json.set("budget", new BudgetReport(budget).json());
        }
        ArrayNode list = json.putArray("releases");
        for (ReleaseSchedule.Entry entry : schedule.entries()) {
            Noise noise = noise(entry);
            ObjectNode one = list.addObject()
                    .put("number", entry.number())
                    .put("date", entry.date().toString())
                    .put("epsilon", entry.plan().budget().epsilon())
                    .put("rho", entry.price().rho().toDouble())
                    .put("peopleNoise", noise.people())
                    .put("itemNoise", noise.items())
                    .put("gramNoise", noise.gram())
                    .put("head", noise.head())
                    .put("admitted", entry.admitted())
                    .put("rhoInAll", entry.total().rho().toDouble())
                    .put("deltaInAll", entry.total().delta().toDouble())
                    .put("epsilonInAll", entry.epsilonTotal());
            if (budget != null) {
                one.put("shareInAll", new BudgetShare(budget.cap(), entry.total()).value())
                        .put("epsilonLeft", entry.left());
            }
        }
        ReleaseSchedule.Entry first = schedule.firstRefused();
        if (first != null) {
            json.putObject("refused")
                    .put("number", first.number())
                    .put("date", first.date().toString())
                    .put("allAfterIt", schedule.refusesTheRest(first));
        }
        return json.put("delta", delta).put("attackerAccuracy", Attacker.accuracy(schedule.total()));
    }
}

package discreet.cli.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.InputException;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.plan.PeopleGuard;
import discreet.plan.PeopleGuard.Outlook;
import discreet.plan.SmallestEpsilon;
import discreet.plan.TrainingPlan;
import java.util.Locale;

/**
 * Says whether a training of the assumed number of people would be stopped by {@link PeopleGuard}.
 *
 * @param people assumed number
 */
record GuardReport(TrainingPlan plan, long people) {
    private PeopleGuard guard() {
        return plan.request().guard();
    }

    private double noise() {
        return plan.people().noise();
    }

    private Outlook outlook() {
        return guard().outlook(people, noise());
    }

    String text() {
        if (guard().atLeast() == 0) {
            return "is off: the training goes on with any number of people";
        }
        String limit = Figures.count((long) Math.ceil(guard().limit(noise())));
        return switch (outlook()) {
            case GOES_ON -> "the training goes on if the released number of people is above " + limit;
            case MAY_STOP ->
                "the training may stop: " + Figures.count(people) + " people are above " + limit
                        + " by less than three times the noise. " + advice();
            case STOPS ->
                "the training would stop after its first hundredth: more than " + limit + " people are needed, and "
                        + Figures.count(people) + " are assumed. " + advice();
        };
    }

    private String advice() {
        if (people <= guard().atLeast()) {
            return "Give --at-least-people 0 to go on with so few";
        }
        try {
            TrainingPlan enough = SmallestEpsilon.search(
                    plan.request(),
                    plan.budget(),
                    tried -> guard().outlook(people, tried.people().noise()) == Outlook.GOES_ON);
            return "Epsilon " + Figures.atLeast(enough.budget().epsilon())
                    + " is enough, or --at-least-people 0 goes on";
        } catch (InputException e) {
            return "Give --at-least-people 0 to go on"; // so few above the limit that no epsilon is large enough
        }
    }

    ObjectNode json() {
        return Json.object()
                .put("atLeastPeople", guard().atLeast())
                .put("limit", guard().atLeast() == 0 ? 0 : guard().limit(noise()))
                .put("outlook", outlook().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}

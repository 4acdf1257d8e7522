package discreet.cli.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.ledger.PopulationStatus;
import discreet.model.Provenance;
import discreet.model.ReleasedModel;
import discreet.plan.TrainingPlan;
import discreet.privacy.Attacker;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import java.nio.file.Path;

/** Reports a finished training. It holds released values, prices and public parameters only. */
record TrainingReport(ReleasedModel model, TrainingPlan plan, Path folder, PopulationStatus population) {
    /**
     * With fewer users, even a training without noise learns little more than popularity at small epsilon.
     */
    static final int FEW_PEOPLE = 2_000;

    String text() {
        Provenance from = model.provenance();
        PrivacyCost replaced = replaced();
        StringBuilder text = new StringBuilder();
        line(text, "Trained", "population '" + from.population() + "', release " + from.release());
        line(
                text,
                "Price",
                "epsilon " + Figures.atLeast(from.epsilon()) + " at delta " + Figures.atLeast(from.delta()) + " (rho "
                        + Figures.rho(from.rho()) + ") for one account added or removed;");
        line(
                text,
                "",
                "epsilon " + Figures.atLeast(from.budget().epsilonReplacingOne(replaced)) + " (rho "
                        + Figures.rho(replaced.rho().toDouble()) + ") for one account replaced by another");
        line(text, "In plain words", Attacker.sentence(from.price()));
        line(
                text,
                "People",
                "about " + Figures.count(from.people()) + " (released; noise +-" + Figures.number(from.peopleSd())
                        + ")");
        if (from.deltaCharged() > 0) {
            line(
                    text,
                    "Item ids",
                    "selected privately, for delta " + Figures.atLeast(from.deltaCharged())
                            + " of it; rare items stay unseen");
        }
        HashRange users = plan.request().users();
        if (users != null) {
            line(text, "Charged to", charged(users));
        }
        line(
                text,
                "Head",
                Figures.count(model.head().size()) + " of "
                        + Figures.count(model.catalogue().size()) + " items; noise per entry of the Gram matrix "
                        + Figures.atMost(from.sigma()) + ", where one person adds at most 1/2");
        line(text, "Model", folder.toString());
        line(
                text,
                "Budget",
                share().spent() + " spent (epsilon " + Figures.atLeast(population.epsilonSpent()) + " of "
                        + Figures.atLeast(population.cap().epsilon()) + "), " + share().left()
                        + " left (a training of epsilon " + Figures.atMost(population.epsilonLeft()) + " still fits)");
        if (!share().why().isEmpty()) {
            line(text, "", share().why());
        }
        if (isFewPeople()) {
            line(text, "Remark", remark());
        }
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(String.format("%-16s%s%n", label, value));
    }

    String json() {
        Provenance from = model.provenance();
        PrivacyCost replaced = replaced();
        ObjectNode json = Json.object()
                .put("population", from.population())
                .put("release", from.release())
                .put("model", folder.toString())
                .put("created", from.created().toString())
                .put("ledgerHead", from.ledgerHead());
        json.putObject("price")
                .put("delta", from.delta())
                .put("epsilon", from.epsilon())
                .put("rho", from.rho())
                .put("deltaCharged", from.deltaCharged())
                .put("epsilonReplaceOne", from.budget().epsilonReplacingOne(replaced))
                .put("rhoReplaceOne", replaced.rho().toDouble());
        json.put("attackerAccuracy", Attacker.accuracy(from.price()))
                .put("people", from.people())
                .put("peopleSd", from.peopleSd())
                .put("items", model.catalogue().size())
                .put("head", model.head().size())
                .put("rank", model.spectrum().rank())
                .put("sigma", from.sigma());
        HashRange users = plan.request().users();
        if (users != null) {
            json.put("cell", users.text());
        }
        json.putObject("budget")
                .put("epsilon", population.cap().epsilon())
                .put("shareSpent", share().value())
                .put("epsilonSpent", population.epsilonSpent())
                .put("epsilonLeft", population.epsilonLeft());
        if (isFewPeople()) {
            json.put("remark", remark());
        }
        return Json.text(json);
    }

    private BudgetShare share() {
        return new BudgetShare(population.cap(), population.charged());
    }

    /** Returns the price under the replace-one relation. */
    private PrivacyCost replaced() {
        return plan.replacingOne(model.provenance().price());
    }

    static String charged(HashRange users) {
        return "the " + Figures.number(100 * users.share())
                + " % of all people who are on this side of the split; the others pay" + " nothing for it";
    }

    private boolean isFewPeople() {
        return model.provenance().people() < FEW_PEOPLE;
    }

    private String remark() {
        return "with so few people privacy leaves little to learn: "
                + plan.request().objective().fallback();
    }
}

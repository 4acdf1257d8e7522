package discreet.cli.train;

import discreet.catalogue.Catalogue;
import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.Figures;
import discreet.cli.shared.InputLines;
import discreet.history.RatingsSchema;
import discreet.history.RowRules;
import discreet.ledger.Population;
import discreet.plan.Objective;
import discreet.plan.TrainingPlan;
import discreet.privacy.PrivacyCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Says before a charge what the command understood: the files, the columns, which rows count, the items and
 * the price. Everything comes from options, schemas and the catalogue, and nothing from rows.
 *
 * @param catalogue the public catalogue. Null if private partition selection finds the item ids
 * @param due what the run would charge, which is nothing for a release that is charged already
 */
record Preview(
        RatingsSchema ratings,
        TrainingPlan plan,
        @Nullable Catalogue catalogue,
        Population population,
        PrivacyCost due) {

    String text() {
        List<String> lines = new ArrayList<>(InputLines.of("Ratings", ratings));
        lines.add(InputLines.line("Rows count", rows()));
        lines.add(InputLines.line(
                "Items",
                catalogue == null
                        ? "ids in column '" + InputLines.column(ratings, "item")
                                + "' that enough people have are published in the model"
                        : Figures.count(catalogue.size()) + " in the catalogue"));
        lines.add(InputLines.line("Price", price()));
        return String.join(System.lineSeparator(), lines);
    }

    private String rows() {
        RowRules rules = plan.request().rules();
        StringJoiner rows = new StringJoiner(", ");
        if (catalogue != null) {
            rows.add("those of items in the catalogue");
        }
        rows.add(
                rules.minRating() == Double.NEGATIVE_INFINITY
                        ? ratings.hasRatings() ? "with any rating" : "each as one that a person likes"
                        : "with a rating of at least " + Figures.number(rules.minRating()));
        Double none = ratings.input().columns().noRating();
        if (none != null) {
            rows.add("not with " + Figures.number(none));
        }
        if (plan.request().objective() instanceof Objective.Rating rating) {
            rows.add("outside " + Figures.number(rating.range().low()) + " to "
                    + Figures.number(rating.range().high())
                    + " as the nearer end (a number that stands for no rating needs --no-rating)");
        }
        rows.add("at most " + Figures.count(rules.maxItemsPerUser()) + " items of a person");
        return rows.toString();
    }

    private String price() {
        if (due.rho().toDouble() == 0) {
            return "nothing more, the release is charged already";
        }
        return String.format(
                Locale.ROOT,
                "epsilon %s at delta %s, %s of the budget of population '%s'",
                Figures.atLeast(plan.budget().epsilon()),
                Figures.atLeast(plan.budget().delta()),
                new BudgetShare(population.cap(), due).spent(),
                population.name());
    }
}

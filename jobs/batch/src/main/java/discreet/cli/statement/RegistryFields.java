package discreet.cli.statement;

import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.Figures;
import discreet.cli.statement.StatementFields.Field;
import discreet.statement.Guarantee;
import discreet.statement.Statement;
import discreet.statement.Statement.Life;
import discreet.statement.Statement.Loss;
import discreet.statement.Statement.Model;
import discreet.statement.Statement.Release;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills in the fields of the schema of the OpenDP Deployments Registry. */
final class RegistryFields extends FieldFiller {

    private static final int TIER = 3;

    /** Fields that the schema requires only if there is something to say. */
    private static final Set<String> OPTIONAL = Set.of("utility", "additional_information", "evidence_sources");

    RegistryFields(Statement statement) {
        super(statement);
    }

    List<Field> fields() {
        putStated("url_slug");
        basic();
        variant();
        loss(loss());
        model();
        implementation();
        group("administrative");
        putStated("evidence_sources");
        put("status", "Draft");
        putStated("registry_authors");
        tier();
        return all();
    }

    /** Puts the tier if every field that it requires is complete, and the missing fields otherwise. */
    private void tier() {
        String missing = all().stream()
                .filter(field -> !OPTIONAL.contains(field.name()) && !field.isComplete())
                .map(Field::name)
                .collect(Collectors.joining(", "));
        if (missing.isEmpty()) {
            put("tier", TIER);
        } else {
            put("tier", StatementFields.NOT_STATED + ": tier " + TIER + " lacks " + missing);
        }
    }

    private void basic() {
        boolean oneTraining = statement.life() == null;
        group("basic");
        putStated(
                "name",
                oneTraining
                        ? "Recommendation model " + statement.releases().get(0).id() + " of population "
                                + statement.population()
                        : "Recommendation models of population " + statement.population());
        putStated("data_curator_name");
        putStated("data_curator_type");
        putStated(
                "description",
                "Models that recommend items, made by Discreet from noisy sums over many people's ratings: a number of"
                        + " people, a statistic for each item, and a matrix of pairs of items.");
        putStated("intended_use");
        put("data_product_type", "Machine learning model");
        putStated("data_product_region");
        putStated("data_product_sector");
        putStated(OperatorFile.PUBLICATION_DATE, first());
    }

    private String first() {
        return statement.releases().stream()
                .map(Release::at)
                .min(Instant::compareTo)
                .map(time -> StatementFields.day(time).toString())
                .orElse(StatementFields.NOT_STATED);
    }

    private void variant() {
        group("dp_variant");
        put("variant_name", "Zero-concentrated DP");
        put("data_domain", "Any table of rows (account, item, rating, time), whatever the values. " + Guarantee.ROWS);
        put(
                "unprotected_quantities",
                "The catalogue of items with titles and genres, where it is listed; the parameters, prices and"
                        + " times of releases, and how long commands take. No statistic of people is released"
                        + " without noise.");
    }

    private void loss(Loss loss) {
        group("privacy_loss");
        put("privacy_unit", "User-level. " + Guarantee.UNIT);
        put("privacy_unit_details", Guarantee.ADDED_OR_REMOVED + " " + Guarantee.REPLACED + " " + contributions());
        units(statement.model());
        put("epsilon", loss.epsilon());
        put("delta", loss.delta());
        put("rho", loss.rho());
        put("privacy_parameters_details", bothRelations());
    }

    /**
     * Puts the released number of people. Only a model holds one, and it counts the people of that model's
     * training.
     */
    private void units(@Nullable Model model) {
        String name = "number_of_privacy_units";
        if (model == null) {
            put(name, StatementFields.NOT_STATED);
        } else if (statement.life() == null) {
            put(name, Math.max(0, Math.round(model.people())));
        } else {
            put(
                    name,
                    "About " + Figures.count(model.people()) + ", with noise, in release " + model.release()
                            + ", which read " + readBy(model.release()));
        }
    }

    private String readBy(String id) {
        String unknown = "; the number in the population: " + StatementFields.NOT_STATED + ".";
        return statement.releases().stream()
                .filter(release -> release.id().equals(id))
                .findFirst()
                .map(release -> StatementFields.people(statement, release) + (release.users() == null ? "." : unknown))
                .orElse("people that this ledger does not know" + unknown);
    }

    private void model() {
        group("deployment_model");
        put("model_name", "Central");
        put("model_name_details", Guarantee.TRUST);
        put(
                "trust_assumptions",
                "The operator is trusted with the ratings, to run the software unchanged, to keep ledger and store,"
                        + " and to name populations that do not overlap. Nobody else is trusted with anything. A reader"
                        + " of the model may know everybody else's ratings.");
        put(
                "actors",
                "The operator sees: " + String.join(" ", Guarantee.OPERATOR_SEES)
                        + " The public sees the model, related items, the ledger and this statement. Each person sees"
                        + " that person's own list.");
        Life life = statement.life();
        put("release_type", life == null ? "One release" : "Many releases");
        put("release_type_details", life == null ? oneRelease() : manyReleases(life));
        putStated("data_source_type");
        putStated("data_source_type_details");
        put("access_type", "Non-interactive");
        put(
                "access_type_details",
                "Models are published as files. Nobody but the operator can ask anything of the ratings.");
    }

    private String oneRelease() {
        return "One training. Whether the same ratings are used again is up to the budget of population "
                + statement.population() + ", which is in its ledger and not in the model.";
    }

    private String manyReleases(Life life) {
        return "Opened " + StatementFields.day(life.openedAt()) + ", "
                + statement.releases().size()
                + " releases so far. The budget never resets; "
                + (life.closed()
                        ? "it is closed: nothing more will be released."
                        : new BudgetShare(life.cap(), statement.loss().price()).left()
                                + " of it is left, and a release of epsilon "
                                + Figures.atMost(life.epsilonLeft()) + " still fits.");
    }

    private void implementation() {
        group("implementation");
        putStated("preprocessing_and_hyperparameter_tuning", preprocessing());
        put(
                "mechanisms",
                Guarantee.MECHANISM + " " + Guarantee.SENSITIVITY
                        + " Sums, bounds and noise are integers: floating point proposes rows, whose bound is then"
                        + " enforced, and works on released values. Access to the ratings: "
                        + access() + " Version: " + statement.software() + ".");
        put("composition", composition());
        put("post_processing", Guarantee.POST_PROCESSING);
        putStated("justification");
        putStated("utility");
        putStated("additional_information");
    }

    private static String preprocessing() {
        return "By Discreet: " + Guarantee.ROWS
                + " Its own constants were chosen on public data. What the operator did"
                + " to rows before, and how epsilon was chosen: " + StatementFields.NOT_STATED + ".";
    }
}

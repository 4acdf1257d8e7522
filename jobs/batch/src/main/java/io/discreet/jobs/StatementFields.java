package io.discreet.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.discreet.privacy.Attacker;
import io.discreet.privacy.Guarantee;
import io.discreet.privacy.Statement;
import io.discreet.privacy.Statement.Contribution;
import io.discreet.privacy.Statement.Life;
import io.discreet.privacy.Statement.Loss;
import io.discreet.privacy.Statement.Release;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement in the words of two lists that others made, so that it can be laid beside other deployments.
 *
 * <ul>
 *   <li>{@link #REGISTRY}: github.com/opendp/deployments-registry-data, schemas/deployments-schema.yaml, commit
 *       057e5d81cf60150dd3307e0cf4504b957802fb3b; all fields, tiers 1 to 3, in its order and by its names.
 *   <li>{@link #NIST}: Near, Darais, Lefkovitz and Howarth, "Guidelines for Evaluating Differential Privacy Guarantees", NIST
 *       SP 800-226, March 2025: the components of its pyramid (figure 1), and the hazards that it names for each.
 * </ul>
 *
 * <p>What only the operator knows is taken from what the operator gave, and is {@link #NOT_STATED} otherwise.
 */
record StatementFields(List<Field> registry, List<Field> nist) {
    static final String NOT_STATED = "not stated";
    static final String REGISTRY = "OpenDP Deployments Registry, tier 3; schema of deployments-registry-data at commit"
            + " 057e5d81cf60150dd3307e0cf4504b957802fb3b";
    static final String NIST = "NIST SP 800-226, Guidelines for Evaluating Differential Privacy Guarantees, March 2025";

    /** One field; a group is a section of its list. */
    record Field(String group, String name, JsonNode value) {

        boolean isStated() {
            return !value.asText().equals(NOT_STATED);
        }

        String text() {
            if (value.isIntegralNumber()) {
                return Figures.count(value.doubleValue());
            }
            return value.isNumber() ? Figures.number(value.doubleValue()) : value.asText();
        }
    }

    StatementFields {
        registry = List.copyOf(registry);
        nist = List.copyOf(nist);
    }

    static StatementFields of(Statement statement) {
        return new StatementFields(new Registry(statement).fields(), new Nist(statement).fields());
    }

    /** The registry's record: what its schema nests is nested. */
    ObjectNode registryJson() {
        ObjectNode record = Json.object();
        ObjectNode deployment = Json.object();
        for (Field field : registry) {
            if (field.group().isEmpty()) {
                record.set(field.name(), field.value());
            } else {
                put(deployment.withObjectProperty(field.group()), field);
            }
        }
        record.set("deployment", deployment);
        return record;
    }

    /** Lists and objects of the schema that this writes as one value each. */
    private static void put(ObjectNode group, Field field) {
        switch (field.name()) {
            case "data_curator_name" ->
                group.withArrayProperty("data_curators").addObject().set(field.name(), field.value());
            case "data_curator_type" ->
                ((ObjectNode) group.withArrayProperty("data_curators").get(0)).set(field.name(), field.value());
            case "epsilon", "delta", "rho" ->
                group.withObjectProperty("privacy_parameters").set(field.name(), field.value());
            case "registry_authors" -> group.withArrayProperty(field.name()).add(field.value());
            case "evidence_sources" ->
                group.withObjectProperty(field.name())
                        .withObjectProperty("source_1")
                        .withObjectProperty("misc")
                        .set("note", field.value());
            default -> group.set(field.name(), field.value());
        }
    }

    ObjectNode nistJson() {
        ObjectNode json = Json.object();
        for (Field field : nist) {
            json.withObjectProperty(field.group()).set(field.name(), field.value());
        }
        return json;
    }

    /** Fills a list, group by group. */
    private abstract static class Filler {
        final Statement statement;
        private final List<Field> fields = new ArrayList<>();
        private String group = "";

        Filler(Statement statement) {
            this.statement = statement;
        }

        final void group(String name) {
            group = name;
        }

        final void put(String name, String value) {
            fields.add(new Field(group, name, TextNode.valueOf(value)));
        }

        final void put(String name, double value) {
            fields.add(new Field(group, name, Json.number(value)));
        }

        /** What the operator gave, else this. */
        final void given(String name, String otherwise) {
            String value = statement.operator().value(name);
            put(name, value == null ? otherwise : value);
        }

        final void given(String name) {
            given(name, NOT_STATED);
        }

        final List<Field> all() {
            return fields;
        }

        final Loss loss() {
            return statement.loss();
        }

        final String epsilonDelta(double epsilon) {
            return "epsilon " + Figures.number(epsilon) + " at delta " + Figures.number(loss().delta());
        }

        final String bothRelations() {
            return "One account added or removed: rho " + Figures.number(loss().rho()) + ", "
                    + epsilonDelta(loss().epsilon()) + ". One account replaced by another: rho at most "
                    + Figures.number(loss().replaced().rho().toDouble()) + ", "
                    + epsilonDelta(loss().replacedEpsilon()) + ". " + Attacker.sentence(loss().rho());
        }

        /** What of a person counts at most, for each way in which releases say it. */
        final String contributions() {
            List<String> said = statement.releases().stream()
                    .map(StatementFields::contribution)
                    .distinct()
                    .toList();
            return said.isEmpty() ? "Nothing has been released." : String.join(" ", said);
        }

        final String composition() {
            Life life = statement.life();
            if (life == null) {
                return Guarantee.COMPOSITION
                        + " These figures are of one training. The total of the population is in its ledger and is not"
                        + " part of this statement.";
            }
            return Guarantee.COMPOSITION + " Over the population's whole life so far: rho "
                    + Figures.number(loss().rho()) + " of "
                    + Figures.number(life.capRho().toDouble())
                    + " that the cap of epsilon " + Figures.number(life.cap().epsilon()) + " at delta "
                    + Figures.number(life.cap().delta()) + " admits. The cap never rises and never resets.";
        }
    }

    /** What of a person counts at most, in one release. */
    static String contribution(Release release) {
        Contribution contribution = release.contribution();
        if (contribution == null) {
            return release.objective().equals("evaluation")
                    ? "In an evaluation each person counts once, by figures between 0 and 1."
                    : "How much of a person counts is not in the parameters of a release.";
        }
        return "At most " + Figures.count(contribution.maxItemsPerUser()) + " items a person, the most recent ones, "
                + (contribution.minRating() == Double.NEGATIVE_INFINITY
                        ? "whatever their rating."
                        : "with a rating of at least " + Figures.number(contribution.minRating()) + ".");
    }

    static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** Fields of the registry's schema. */
    private static final class Registry extends Filler {

        Registry(Statement statement) {
            super(statement);
        }

        List<Field> fields() {
            given("url_slug");
            basic();
            variant();
            loss(loss());
            model();
            implementation();
            group("administrative");
            given("evidence_sources");
            put("status", "Draft");
            given("registry_authors");
            put("tier", 3);
            return all();
        }

        private void basic() {
            boolean oneTraining = statement.life() == null;
            group("basic");
            given(
                    "name",
                    oneTraining
                            ? "Recommendation model "
                                    + statement.releases().get(0).id() + " of population " + statement.population()
                            : "Recommendation models of population " + statement.population());
            given("data_curator_name");
            given("data_curator_type");
            given(
                    "description",
                    "Models that recommend items, made by Discreet from noisy sums over many people's ratings: a number of"
                            + " people, a statistic for each item, and a matrix of pairs of items.");
            given("intended_use");
            put("data_product_type", "Machine learning model");
            given("data_product_region");
            given("data_product_sector");
            given(AboutFile.PUBLICATION_DATE, first());
        }

        private String first() {
            return statement.releases().stream()
                    .map(Release::at)
                    .min(Instant::compareTo)
                    .map(time -> day(time).toString())
                    .orElse(NOT_STATED);
        }

        private void variant() {
            group("dp_variant");
            put("variant_name", "Zero-concentrated DP");
            put(
                    "data_domain",
                    "Any table of rows (account, item, rating, time), whatever the values. " + Guarantee.ROWS);
            put(
                    "unprotected_quantities",
                    "The catalogue of items with titles and genres, the parameters, prices and times of releases, and how"
                            + " long commands take. No statistic of people is released without noise.");
        }

        private void loss(Loss loss) {
            group("privacy_loss");
            put("privacy_unit", "User-level. " + Guarantee.UNIT);
            put("privacy_unit_details", Guarantee.ADDED_OR_REMOVED + " " + Guarantee.REPLACED + " " + contributions());
            if (statement.model() == null) {
                put("number_of_privacy_units", NOT_STATED);
            } else {
                put(
                        "number_of_privacy_units",
                        Math.max(0, Math.round(statement.model().people())));
            }
            put("epsilon", loss.epsilon());
            put("delta", loss.delta());
            put("rho", loss.rho());
            put("privacy_parameters_details", bothRelations());
        }

        private void model() {
            group("deployment_model");
            put("model_name", "Central");
            put("model_name_details", Guarantee.TRUST);
            put(
                    "trust_assumptions",
                    "The operator is trusted with the ratings, to run the software unchanged, to keep ledger and store,"
                            + " and to name populations that do not overlap. Nobody else is trusted with anything: whoever"
                            + " reads the model may know everybody else's ratings.");
            put(
                    "actors",
                    "The operator sees: " + String.join(" ", Guarantee.OPERATOR_SEES)
                            + " The public sees the model, related items, the ledger and this statement. Each person sees"
                            + " that person's own list.");
            Life life = statement.life();
            put("release_type", life == null ? "One release" : "Many releases");
            put("release_type_details", life == null ? oneRelease() : manyReleases(life));
            given("data_source_type");
            given("data_source_type_details");
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
            return "Opened " + day(life.openedAt()) + ", "
                    + statement.releases().size()
                    + " releases so far. The budget never resets; "
                    + (life.closed()
                            ? "it is closed: nothing more will be released."
                            : "epsilon " + Figures.atMost(life.epsilonLeft()) + " is left for one more release.");
        }

        private void implementation() {
            group("implementation");
            given("preprocessing_and_hyperparameter_tuning", preprocessing());
            put(
                    "mechanisms",
                    Guarantee.MECHANISM + " " + Guarantee.SENSITIVITY
                            + " Sums, bounds and noise are integers: floating point proposes rows, whose bound is then"
                            + " enforced, and works on released values. Access to the ratings: "
                            + access(statement) + " Version: " + statement.software() + ".");
            put("composition", composition());
            put("post_processing", Guarantee.POST_PROCESSING);
            given("justification");
            given("utility");
            given("additional_information");
        }

        private static String preprocessing() {
            return "By Discreet: " + Guarantee.ROWS
                    + " Its own constants were chosen on public data. What the operator did"
                    + " to rows before, and how epsilon was chosen: " + NOT_STATED + ".";
        }
    }

    private static String access(Statement statement) {
        String given = statement.operator().value("access_control");
        return given == null ? NOT_STATED + "." : given;
    }

    /** Components of NIST's pyramid, from the top. */
    private static final class Nist extends Filler {

        Nist(Statement statement) {
            super(statement);
        }

        List<Field> fields() {
            group("Privacy parameters and unit of privacy");
            put(
                    "epsilon and delta",
                    epsilonDelta(loss().epsilon()) + ", from rho " + Figures.number(loss().rho()) + ".");
            put("variant", "Zero-concentrated differential privacy; converted by OpenDP.");
            put("unit of privacy", "User-level. " + Guarantee.UNIT);
            put("neighbouring data sets", bothRelations());
            put("bounded contributions", contributions());
            put("budget over several releases", composition());
            put(
                    "other releases from the same data",
                    "Known to this statement: those of population " + statement.population()
                            + (statement.life() == null ? ", this one training only" : "")
                            + ". What the operator publishes in other ways is not covered: " + NOT_STATED + ".");
            algorithms();
            deployment();
            return all();
        }

        private void algorithms() {
            group("Algorithms, correctness, utility and bias");
            put("mechanism", Guarantee.MECHANISM);
            put("sensitivity, clipping", Guarantee.SENSITIVITY);
            put(
                    "empty and unknown records",
                    Guarantee.ROWS + " Data without any usable row gives a model of noise alone.");
            put("post-processing", Guarantee.POST_PROCESSING);
            put(
                    "tuning of parameters",
                    "Discreet's constants: public data. The operator's choices: " + NOT_STATED + ".");
            put(
                    "correctness",
                    "Proofs in docs/privacy.md, each with tests, of bounds against adversarial people, of the noise's"
                            + " distribution and of the ledger under kills. No audit by a third party is claimed.");
            given("utility");
            put(
                    "bias",
                    "Noise weighs most on what few people like: rare items and small groups get lists closer to what is"
                            + " popular with everybody.");
        }

        private void deployment() {
            group("Deployment");
            put("query model", "Data release: vectors are planned and paid for before they are drawn; no queries.");
            put("trust model", Guarantee.TRUST);
            put(
                    "side channels",
                    "Floating point: none in sums, bounds or noise. Errors and logs: no text depends on rows; malformed rows are no"
                            + " errors. Timing, memory and disk use: not protected.");
            put("data security and access control", access(statement));
            put(
                    "data collection exposure",
                    "The operator collects and keeps ratings by account: " + String.join(" ", Guarantee.OPERATOR_SEES));
            put("not protected", String.join(" ", Guarantee.NOT_PROTECTED));
        }
    }

    /** What a release was for, for a reader. */
    static String objective(String objective) {
        return switch (objective) {
            case "ranking" -> "learning to make lists";
            case "evaluation" -> "measuring how good lists are";
            default -> objective;
        };
    }

    /** What a vector is, for a reader. */
    static String vector(String name) {
        return switch (name) {
            case "people" -> "how many people there are";
            case "items" -> "for each item, how many people have it, those with few items counting more";
            case "gram" -> "for each pair of popular items, how far the same people have both";
            case "metrics" -> "how good the lists of people set apart were";
            default -> "sums over people";
        };
    }

    /** Whom a release read. */
    static String people(Statement statement, Release release) {
        if (release.people() != null) {
            return "a group drawn by hash: "
                    + Figures.number(100 * release.people().share()) + " % of accounts";
        }
        return statement.life() == null ? "not in the model" : "everybody";
    }
}

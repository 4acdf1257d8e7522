package discreet.cli.statement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.plan.VectorName;
import discreet.privacy.PrivacyCost;
import discreet.statement.Statement;
import discreet.statement.Statement.Contribution;
import discreet.statement.Statement.Loss;
import discreet.statement.Statement.Release;
import discreet.statement.Statement.Vector;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Expresses a statement in the terms of two published lists, so that it can be compared with other
 * deployments.
 *
 * <ul>
 *   <li>{@link #REGISTRY}: github.com/opendp/deployments-registry-data, schemas/deployments-schema.yaml,
 *       commit 057e5d81cf60150dd3307e0cf4504b957802fb3b. It gives all fields of tiers 1 to 3, in the schema's
 *       order and by its names.
 *   <li>{@link #NIST}: Near, Darais, Lefkovitz and Howarth, "Guidelines for Evaluating Differential Privacy
 *       Guarantees", NIST SP 800-226, March 2025. It gives the components of the pyramid (figure 1) and the
 *       hazards that the guidelines name for each.
 * </ul>
 *
 * <p>Fields that only the operator can fill are taken from the operator's file and are {@link #NOT_STATED}
 * otherwise.
 */
record StatementFields(List<Field> registry, List<Field> nist) {
    static final String NOT_STATED = "not stated";
    static final String REGISTRY =
            "OpenDP Deployments Registry, fields of tiers 1 to 3; schema of deployments-registry-data at commit"
                    + " 057e5d81cf60150dd3307e0cf4504b957802fb3b";
    static final String NIST = "NIST SP 800-226, Guidelines for Evaluating Differential Privacy Guarantees, March 2025";

    /** Fills a field of a list, in a section of that list. */
    record Field(String group, String name, JsonNode value) {

        boolean isStated() {
            return !value.asText().equals(NOT_STATED);
        }

        /** Returns whether every part of the value is stated. */
        boolean isComplete() {
            return !value.asText().contains(NOT_STATED);
        }

        String text() {
            if (value.isIntegralNumber()) {
                return Figures.count(value.doubleValue());
            }
            if (!value.isNumber()) {
                return value.asText();
            }
            return name.equals("rho") ? Figures.rho(value.doubleValue()) : Figures.atLeast(value.doubleValue());
        }
    }

    StatementFields {
        registry = List.copyOf(registry);
        nist = List.copyOf(nist);
    }

    static StatementFields of(Statement statement) {
        return new StatementFields(new RegistryFields(statement).fields(), new NistFields(statement).fields());
    }

    /** Returns the registry's record, nested as in its schema. */
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

    /** Puts a field where the schema has it, wrapping single values in the schema's lists and objects. */
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

    /** Describes how much of a person counts at most in a release. */
    static String contribution(Release release) {
        Contribution contribution = release.contribution();
        if (contribution == null) {
            return release.kind().isEvaluation()
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

    /** Describes a vector for a reader. */
    static String vector(Vector vector) {
        boolean isThresholded =
                vector.charged() != null && !vector.charged().delta().isZero();
        return isThresholded
                ? "the items that many people have, selected privately, and for each a weighted number of people. "
                        + "Items of few people stay unseen"
                : VectorName.meaning(vector.name());
    }

    /** Describes the cost charged for a vector. */
    static String charged(Vector vector) {
        PrivacyCost charged = vector.charged();
        if (charged == null) {
            return "not in the model";
        }
        return Figures.rho(charged.rho().toDouble()) + deltaToo(charged);
    }

    /** Describes the charged delta, or returns an empty text if none was charged. */
    static String deltaToo(PrivacyCost price) {
        return price.delta().isZero()
                ? ""
                : ", delta " + Figures.atLeast(price.delta().toDouble());
    }

    /** Describes the cost of selecting item ids privately. The text is empty if ids were always listed. */
    static String discovery(Loss loss) {
        PrivacyCost price = loss.price();
        return price.delta().isZero()
                ? ""
                : "Item ids were selected privately from the ratings (private partition selection). Delta "
                        + Figures.atLeast(price.delta().toDouble()) + " of "
                        + Figures.atLeast(loss.delta())
                        + " was charged for the chance that an item of one account alone comes out. "
                        + Figures.atLeast(loss.cap().deltaForItems().toDouble())
                        + " is set apart for that, and epsilon is that of rho at the rest.";
    }

    /** Describes the people whom a release read. */
    static String people(Statement statement, Release release) {
        if (release.users() != null) {
            return "a group drawn by hash: "
                    + Figures.number(100 * release.users().share()) + " % of accounts";
        }
        return statement.life() == null ? "not in the model" : "everybody";
    }
}

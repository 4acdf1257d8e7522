package discreet.cli.statement;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.shared.Json;
import discreet.ledger.Population;
import discreet.ledger.PopulationStatus;
import discreet.ledger.ReleaseStatus;
import discreet.model.ModelDescription;
import discreet.model.Provenance;
import discreet.plan.ReplaceOneCost;
import discreet.privacy.Composition;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.statement.Statement;
import discreet.statement.Statement.Contribution;
import discreet.statement.Statement.Life;
import discreet.statement.Statement.Loss;
import discreet.statement.Statement.Model;
import discreet.statement.Statement.Operator;
import discreet.statement.Statement.Release;
import discreet.statement.Statement.Vector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts statements together, from a ledger or from what a model says about itself. */
final class Statements {
    private static final String RANKING = "ranking";
    private static final String RATING = "rating";
    private static final String EVALUATION = "evaluation";
    private static final int METRICS_OF_A_CUTOFF = 2;

    private final String software;
    private final Instant made;
    private final Operator operator;

    Statements(String software, Instant made, Operator operator) {
        this.software = software;
        this.made = made;
        this.operator = operator;
    }

    /** One training, as its model tells it: nothing is known of others on the same people. */
    Statement ofModel(ModelDescription model) {
        Provenance from = model.provenance();
        PrivacyCost price = from.price();
        boolean rates = model.parameters().ratingRange() != null;
        Loss loss = new Loss(
                price, rates ? ReplaceOneCost.ofRatingTraining(price) : ReplaceOneCost.ofTraining(price), from.delta());
        List<String> names =
                rates ? List.of("people-and-mean", "biases-1", "biases-2", "gram") : List.of("people", "items", "gram");
        List<Vector> vectors =
                names.stream().map(name -> new Vector(name, null, 0, "sealed")).toList();
        Release release = new Release(
                from.release(),
                from.created(),
                rates ? RATING : RANKING,
                new Contribution(
                        model.parameters().minRating(), model.parameters().maxItemsPerUser()),
                null,
                loss,
                price,
                vectors);
        return new Statement(
                made, software, from.population(), List.of(release), loss, null, described(model), operator);
    }

    /** Everything that was ever charged to a population, and whether that includes a model. */
    Statement ofPopulation(Population population, @Nullable ModelDescription model) {
        PopulationStatus status = population.status();
        List<ReleaseStatus> charged = population.releases();
        // Two reads: if somebody was charged in between, they are of two ledgers.
        for (PopulationStatus now = population.status(); !now.equals(status); now = population.status()) {
            status = now;
            charged = population.releases();
        }
        double delta = status.cap().delta();
        Composition added = new Composition();
        Composition replaced = new Composition();
        List<Release> releases = new ArrayList<>();
        for (ReleaseStatus release : charged) {
            PrivacyCost before = added.total();
            added.add(release.hashRange(), release.charged());
            releases.add(release(release, delta, increase(before, added.total())));
            replaced.add(
                    release.hashRange(),
                    releases.get(releases.size() - 1).alone().replaced());
        }
        Life life = new Life(
                status.cap(),
                status.cap().largestRho(),
                status.openedAt(),
                status.closed(),
                status.epsilonLeft(),
                status.chainHead(),
                model == null ? null : population.holds(model.provenance().ledgerHead()));
        return new Statement(
                made,
                software,
                status.name(),
                releases,
                new Loss(status.charged(), replaced.total(), delta),
                life,
                model == null ? null : described(model),
                operator);
    }

    private static PrivacyCost increase(PrivacyCost before, PrivacyCost after) {
        return new PrivacyCost(
                after.rho().minus(before.rho()),
                new Delta(after.delta().units() - before.delta().units()));
    }

    private static Release release(ReleaseStatus release, double delta, PrivacyCost increase) {
        JsonNode parameters = Json.parsed(release.parameters());
        String objective = objective(parameters);
        return new Release(
                release.releaseId(),
                release.reservedAt(),
                objective,
                contribution(parameters),
                release.hashRange(),
                new Loss(release.charged(), replaced(parameters, release.charged()), delta),
                increase,
                release.vectors().stream()
                        .map(vector -> new Vector(
                                vector.name(),
                                vector.charged(),
                                vector.attempts(),
                                vector.state().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }

    /** Evaluations have one name in the ledger; those of predicted ratings cut no lists. */
    private static String objective(JsonNode parameters) {
        String objective = parameters.path("objective").asText("not stated");
        return objective.equals("evaluation") && !parameters.has("cutoffs") ? "evaluation of ratings" : objective;
    }

    private static @Nullable Contribution contribution(JsonNode parameters) {
        if (!parameters.path("maxItemsPerUser").isInt()) {
            return null;
        }
        return new Contribution(
                parameters.path("minRating").asDouble(Double.NEGATIVE_INFINITY),
                parameters.path("maxItemsPerUser").asInt());
    }

    /** By what the release's parameters say that it was; where they do not, what any release costs at most. */
    private static PrivacyCost replaced(JsonNode parameters, PrivacyCost charged) {
        int metrics = parameters
                .path("metrics")
                .asInt(METRICS_OF_A_CUTOFF * parameters.path("cutoffs").size());
        return switch (parameters.path("objective").asText()) {
            case RANKING -> ReplaceOneCost.ofTraining(charged);
            case RATING -> ReplaceOneCost.ofRatingTraining(charged);
            case EVALUATION ->
                metrics < 1 ? ReplaceOneCost.ofAnything(charged) : ReplaceOneCost.ofEvaluation(charged, metrics);
            default -> ReplaceOneCost.ofAnything(charged);
        };
    }

    private static Model described(ModelDescription model) {
        Provenance from = model.provenance();
        return new Model(
                from.release(),
                from.ledgerHead(),
                from.created(),
                model.items(),
                model.head(),
                model.rank(),
                from.people(),
                from.peopleSd(),
                from.sigma());
    }
}

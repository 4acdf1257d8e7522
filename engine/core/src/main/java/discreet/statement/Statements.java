package discreet.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import discreet.ledger.Population;
import discreet.ledger.PopulationStatus;
import discreet.ledger.ReleaseStatus;
import discreet.model.ModelDescription;
import discreet.model.Provenance;
import discreet.plan.ReplaceOneCost;
import discreet.privacy.Budget;
import discreet.privacy.Composition;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
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

/**
 * Builds statements from a ledger or from a model's description. The ledger covers every charge of a
 * population, whereas a model knows only its own training.
 */
public final class Statements {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String RANKING = "ranking";
    private static final String RATING = "rating";
    private static final String EVALUATION = "evaluation";
    private static final int METRICS_OF_A_CUTOFF = 2;

    private final String software;
    private final Instant made;
    private final Operator operator;

    /**
     * Creates a builder.
     *
     * @param software name and version of the software that makes the statements
     * @param made when the statements are made
     * @param operator what only the operator can say
     */
    public Statements(String software, Instant made, Operator operator) {
        this.software = software;
        this.made = made;
        this.operator = operator;
    }

    /**
     * Returns the statement of one training, as described by its model. Other releases about the same users
     * are unknown to it. Its vectors carry no price, because a model holds the price of the whole training
     * only.
     */
    public Statement ofModel(ModelDescription model) {
        Provenance from = model.provenance();
        PrivacyCost price = from.price();
        boolean rates = model.objective().equals(RATING);
        Loss loss = new Loss(
                price,
                rates ? ReplaceOneCost.ofRatingTraining(price) : ReplaceOneCost.ofTraining(price),
                from.budget());
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

    /**
     * Returns the statement of everything ever charged to a population. If a model is given, the statement
     * also says whether the ledger holds the row that the model came from.
     *
     * @param model null if no model is given
     */
    public Statement ofPopulation(Population population, @Nullable ModelDescription model) {
        PopulationStatus status = population.status();
        List<ReleaseStatus> charged = population.releases();
        // The status and the releases are two reads. They are repeated until no charge has come in between.
        for (PopulationStatus now = population.status(); !now.equals(status); now = population.status()) {
            status = now;
            charged = population.releases();
        }
        Budget cap = status.cap();
        Composition added = new Composition();
        Composition replaced = new Composition();
        List<Release> releases = new ArrayList<>();
        for (ReleaseStatus release : charged) {
            PrivacyCost before = added.total();
            added.add(release.hashRange(), release.charged());
            releases.add(release(release, cap, increase(before, added.total())));
            replaced.add(
                    release.hashRange(),
                    releases.get(releases.size() - 1).alone().replaced());
        }
        Life life = new Life(
                cap,
                cap.largestRho(),
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
                new Loss(status.charged(), replaced.total(), cap),
                life,
                model == null ? null : described(model),
                operator);
    }

    private static PrivacyCost increase(PrivacyCost before, PrivacyCost after) {
        return new PrivacyCost(
                after.rho().minus(before.rho()),
                new Delta(after.delta().units() - before.delta().units()));
    }

    private static Release release(ReleaseStatus release, Budget cap, PrivacyCost increase) {
        JsonNode parameters = parsed(release.parameters());
        String objective = objective(parameters);
        return new Release(
                release.releaseId(),
                release.reservedAt(),
                objective,
                contribution(parameters),
                release.hashRange(),
                new Loss(release.charged(), replaced(parameters, release.charged()), cap),
                increase,
                release.vectors().stream()
                        .map(vector -> new Vector(
                                vector.name(),
                                vector.charged(),
                                vector.attempts(),
                                vector.state().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }

    private static JsonNode parsed(String parameters) {
        try {
            return MAPPER.readTree(parameters);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The ledger keeps parameters as JSON", e);
        }
    }

    /**
     * Tells the two kinds of evaluation apart. They share a name in the ledger, and only evaluations of lists
     * have cut-offs.
     */
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

    /**
     * Bounds the cost of replacing one account. The bound follows from the release's parameters, or is that
     * of an arbitrary release if they do not say enough.
     */
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

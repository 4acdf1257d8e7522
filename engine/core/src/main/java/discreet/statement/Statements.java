package discreet.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import discreet.ledger.Population;
import discreet.ledger.PopulationStatus;
import discreet.ledger.ReleaseStatus;
import discreet.model.ModelDescription;
import discreet.model.Provenance;
import discreet.plan.ReleaseKind;
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
import org.jspecify.annotations.Nullable;

/**
 * Builds statements from a ledger or from a model's description. The ledger covers every charge of a
 * population, whereas a model knows only its own training.
 */
public final class Statements {
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
        ReleaseKind kind = ReleaseKind.ofTraining(model.objective());
        Loss loss = new Loss(price, kind.replacingOne(price), from.budget());
        List<Vector> vectors = kind.vectors().stream()
                .map(vector -> new Vector(vector.text(), null, 0, "sealed"))
                .toList();
        Release release = new Release(
                from.release(),
                from.created(),
                kind,
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
        ReleaseKind kind = ReleaseKind.of(parameters);
        return new Release(
                release.releaseId(),
                release.reservedAt(),
                kind,
                contribution(parameters),
                release.hashRange(),
                new Loss(release.charged(), kind.replacingOne(release.charged()), cap),
                increase,
                release.vectors().stream()
                        .map(vector -> new Vector(
                                vector.name(),
                                vector.charged(),
                                vector.attempts(),
                                vector.state().text()))
                        .toList());
    }

    private static JsonNode parsed(String parameters) {
        try {
            return MAPPER.readTree(parameters);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The ledger keeps parameters as JSON", e);
        }
    }

    private static @Nullable Contribution contribution(JsonNode parameters) {
        if (!parameters.path("maxItemsPerUser").isInt()) {
            return null;
        }
        return new Contribution(
                parameters.path("minRating").asDouble(Double.NEGATIVE_INFINITY),
                parameters.path("maxItemsPerUser").asInt());
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

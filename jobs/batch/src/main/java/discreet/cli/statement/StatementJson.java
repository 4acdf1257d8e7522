package discreet.cli.statement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.Json;
import discreet.privacy.Attacker;
import discreet.statement.Guarantee;
import discreet.statement.Statement;
import discreet.statement.Statement.Contribution;
import discreet.statement.Statement.Life;
import discreet.statement.Statement.Loss;
import discreet.statement.Statement.Model;
import discreet.statement.Statement.Release;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Renders a statement as JSON with its own fields and those of the two published lists
 * ({@link StatementFields}).
 */
final class StatementJson {
    static final String FORMAT = "discreet-statement";
    static final int VERSION = 1;

    private StatementJson() {}

    static String of(Statement statement) {
        ObjectNode json = Json.object()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("made", statement.made().toString())
                .put("software", statement.software())
                .put("population", statement.population())
                .put("coversWholeLife", statement.life() != null);
        json.set("loss", loss(statement.loss()));
        json.put("attackerAccuracy", statement.loss().attackerAccuracy())
                .put("inPlainWords", Attacker.sentence(statement.loss().price()));
        if (statement.life() != null) {
            json.set("budget", budget(statement.life(), statement.loss()));
        }
        ArrayNode releases = json.putArray("releases");
        statement.releases().forEach(release -> releases.add(release(statement, release)));
        if (statement.model() != null) {
            json.set("model", model(statement.model(), statement.life()));
        }
        json.set("guarantee", guarantee());
        StatementFields fields = StatementFields.of(statement);
        json.putObject("openDpDeploymentsRegistry")
                .put("source", StatementFields.REGISTRY)
                .set("record", fields.registryJson());
        json.putObject("nistSp800226").put("source", StatementFields.NIST).set("fields", fields.nistJson());
        return Json.text(json);
    }

    private static ObjectNode loss(Loss loss) {
        ObjectNode json = Json.object().put("delta", loss.delta());
        json.set("epsilon", Json.number(loss.epsilon()));
        json.put("rho", loss.rho()).put("deltaCharged", loss.price().delta().toDouble());
        json.set("epsilonReplaceOne", Json.number(loss.replacedEpsilon()));
        return json.put("rhoReplaceOne", loss.replaced().rho().toDouble());
    }

    private static ObjectNode budget(Life life, Loss loss) {
        return Json.object()
                .put("epsilon", life.cap().epsilon())
                .put("delta", life.cap().delta())
                .put("rho", life.capRho().toDouble())
                .put("shareSpent", new BudgetShare(life.cap(), loss.price()).value())
                .put("epsilonLeft", life.epsilonLeft())
                .put("openedAt", life.openedAt().toString())
                .put("closed", life.closed())
                .put("chainHead", life.chainHead());
    }

    private static ObjectNode release(Statement statement, Release release) {
        ObjectNode json = Json.object()
                .put("release", release.id())
                .put(
                        statement.life() == null ? "created" : "reservedAt",
                        release.at().toString())
                .put("objective", release.kind().text());
        if (release.users() == null) {
            json.put("people", StatementFields.people(statement, release));
        } else {
            json.put("people", release.users().text())
                    .put("shareOfPeople", release.users().share());
        }
        Contribution contribution = release.contribution();
        if (contribution != null) {
            json.put("maxItemsPerUser", contribution.maxItemsPerUser());
            if (contribution.minRating() == Double.NEGATIVE_INFINITY) {
                json.putNull("minRating");
            } else {
                json.put("minRating", contribution.minRating());
            }
        }
        json.set("alone", loss(release.alone()));
        json.put("rhoAdded", release.increase().rho().toDouble());
        ArrayNode vectors = json.putArray("vectors");
        release.vectors().forEach(vector -> {
            ObjectNode one = vectors.addObject().put("name", vector.name()).put("what", StatementFields.vector(vector));
            one.put("state", vector.state());
            if (vector.charged() != null) {
                one.put("rho", vector.charged().rho().toDouble())
                        .put("deltaCharged", vector.charged().delta().toDouble())
                        .put("charges", vector.charges());
            }
        });
        return json;
    }

    private static ObjectNode model(Model model, @Nullable Life life) {
        ObjectNode json = Json.object()
                .put("release", model.release())
                .put("created", model.created().toString())
                .put("ledgerHead", model.ledgerHead())
                .put("items", model.items())
                .put("head", model.head())
                .put("rank", model.rank())
                .put("people", model.people())
                .put("peopleSd", model.peopleSd())
                .put("sigma", model.sigma());
        return life == null ? json : json.put("heldByLedger", life.holdsModel());
    }

    private static ObjectNode guarantee() {
        ObjectNode json = Json.object()
                .put("unit", Guarantee.UNIT)
                .put("addedOrRemoved", Guarantee.ADDED_OR_REMOVED)
                .put("replaced", Guarantee.REPLACED)
                .put("trust", Guarantee.TRUST)
                .put("mechanism", Guarantee.MECHANISM)
                .put("sensitivity", Guarantee.SENSITIVITY)
                .put("composition", Guarantee.COMPOSITION)
                .put("modelHolds", Guarantee.MODEL_HOLDS)
                .put("lists", Guarantee.LISTS);
        texts(json.putArray("operatorSees"), Guarantee.OPERATOR_SEES);
        texts(json.putArray("notProtected"), Guarantee.NOT_PROTECTED);
        return json;
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}

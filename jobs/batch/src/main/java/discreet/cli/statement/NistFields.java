package discreet.cli.statement;

import discreet.cli.shared.Figures;
import discreet.cli.statement.StatementFields.Field;
import discreet.statement.Guarantee;
import discreet.statement.Statement;
import java.util.List;

/** Fills in the components of the pyramid in NIST SP 800-226, from the top down. */
final class NistFields extends FieldFiller {

    NistFields(Statement statement) {
        super(statement);
    }

    List<Field> fields() {
        group("Privacy parameters and unit of privacy");
        put("epsilon and delta", epsilonDelta(loss().epsilon()) + ", from rho " + Figures.rho(loss().rho()) + ".");
        put("variant", "Zero-concentrated differential privacy; converted by OpenDP.");
        put("unit of privacy", "User-level. " + Guarantee.UNIT);
        put("neighbouring data sets", bothRelations());
        put("bounded contributions", contributions());
        put("budget over several releases", composition());
        put(
                "other releases from the same data",
                "Known to this statement: those of population " + statement.population()
                        + (statement.life() == null ? ", this one training only" : "")
                        + ". What the operator publishes in other ways is not covered: " + StatementFields.NOT_STATED
                        + ".");
        algorithms();
        deployment();
        return all();
    }

    private void algorithms() {
        group("Algorithms, correctness, utility and bias");
        put("mechanism", Guarantee.MECHANISM);
        put("sensitivity, clipping", Guarantee.SENSITIVITY);
        put("empty and unknown records", Guarantee.ROWS + " Data without any usable row gives a model of noise alone.");
        put("post-processing", Guarantee.POST_PROCESSING);
        put(
                "tuning of parameters",
                "Discreet's constants: public data. The operator's choices: " + StatementFields.NOT_STATED + ".");
        put(
                "correctness",
                "Proofs in docs/design/privacy.md, each with tests, of bounds against adversarial people, of the"
                        + " noise's distribution and of the ledger under kills. No audit by a third party is"
                        + " claimed.");
        putStated("utility");
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
                "Floating point: none in sums, bounds or noise. Errors and logs: no text depends on rows;"
                        + " malformed rows are no errors. Timing, memory and disk use: not protected.");
        put("data security and access control", access());
        put(
                "data collection exposure",
                "The operator collects and keeps ratings by account: " + String.join(" ", Guarantee.OPERATOR_SEES));
        put("not protected", String.join(" ", Guarantee.NOT_PROTECTED));
    }
}

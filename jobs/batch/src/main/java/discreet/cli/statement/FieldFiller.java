package discreet.cli.statement;

import com.fasterxml.jackson.databind.node.TextNode;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.statement.StatementFields.Field;
import discreet.privacy.Attacker;
import discreet.statement.Guarantee;
import discreet.statement.Statement;
import discreet.statement.Statement.Life;
import discreet.statement.Statement.Loss;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills one of the two forms of a statement for experts. It collects (group, name, value) for the OpenDP
 * registry ({@link RegistryFields}) or for NIST SP 800-226 ({@link NistFields}).
 */
abstract class FieldFiller {
    final Statement statement;
    private final List<Field> fields = new ArrayList<>();
    private String group = "";

    FieldFiller(Statement statement) {
        this.statement = statement;
    }

    /** Begins a group. Fields that follow belong to it. */
    final void group(String name) {
        group = name;
    }

    /** Adds a field with a text. */
    final void put(String name, String value) {
        fields.add(new Field(group, name, TextNode.valueOf(value)));
    }

    /** Adds a field with a number. */
    final void put(String name, double value) {
        fields.add(new Field(group, name, Json.number(value)));
    }

    /** Adds the operator's value, or {@code otherwise} if the operator gave none. */
    final void putStated(String name, String otherwise) {
        String value = statement.operator().value(name);
        put(name, value == null ? otherwise : value);
    }

    /** Adds the operator's value, or {@link StatementFields#NOT_STATED}. */
    final void putStated(String name) {
        putStated(name, StatementFields.NOT_STATED);
    }

    /** Returns the fields in the order in which they were added. */
    final List<Field> all() {
        return fields;
    }

    final Loss loss() {
        return statement.loss();
    }

    /** Formats an epsilon at the delta of the statement. */
    final String epsilonDelta(double epsilon) {
        return "epsilon " + Figures.atLeast(epsilon) + " at delta " + Figures.atLeast(loss().delta());
    }

    /** Formats the loss under both neighbour relations. */
    final String bothRelations() {
        return "One account added or removed: rho " + Figures.rho(loss().rho()) + ", "
                + epsilonDelta(loss().epsilon()) + ". One account replaced by another: rho at most "
                + Figures.rho(loss().replaced().rho().toDouble()) + ", "
                + epsilonDelta(loss().replacedEpsilon()) + ". " + Attacker.sentence(loss().price());
    }

    /** Lists every distinct bound on a person's contribution among the releases. */
    final String contributions() {
        List<String> sentences = statement.releases().stream()
                .map(StatementFields::contribution)
                .distinct()
                .toList();
        return sentences.isEmpty() ? "Nothing has been released." : String.join(" ", sentences);
    }

    /** Says how the losses of releases add up, and what they come to so far. */
    final String composition() {
        Life life = statement.life();
        if (life == null) {
            return Guarantee.COMPOSITION
                    + " These figures are of one training. The total of the population is in its ledger and is not"
                    + " part of this statement.";
        }
        return Guarantee.COMPOSITION + " Over the population's whole life so far: rho "
                + Figures.rho(loss().rho()) + " of "
                + Figures.rho(life.capRho().toDouble())
                + " that the cap of epsilon " + Figures.atLeast(life.cap().epsilon()) + " at delta "
                + Figures.atLeast(life.cap().delta()) + " admits. The cap never rises and never resets.";
    }

    /** Returns how access to the ratings is controlled, which only the operator can say. */
    final String access() {
        String given = statement.operator().value("access_control");
        return given == null ? StatementFields.NOT_STATED + "." : given;
    }
}

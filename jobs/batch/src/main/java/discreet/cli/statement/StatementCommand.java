package discreet.cli.statement;

import discreet.InputException;
import discreet.RunException;
import discreet.cli.shared.Arguments;
import discreet.cli.shared.LedgerOption;
import discreet.cli.shared.LedgerTrust;
import discreet.cli.shared.Version;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.model.ModelDescription;
import discreet.model.ModelFiles;
import discreet.statement.Statement;
import discreet.statement.Statement.Operator;
import discreet.statement.Statements;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code discreet statement}, which prints or writes a privacy statement. Starts no Spark. */
@Command(
        name = "statement",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "States what was released about people, what it costs them, and what is not protected.",
        description = {
            "",
            "For a population, it states everything that the ledger ever charged. For a model alone, "
                    + "it states that one training. For both, it states the population and whether its ledger "
                    + "knows the model. It costs nothing and reads no ratings.",
            "What only you know, such as who you are and what the model is for, comes from --about, "
                    + "a file of lines 'field = text'. Fields that it lacks are written as not stated. The "
                    + "fields are those of the OpenDP Deployments Registry, such as data_curator_name and "
                    + "intended_use, and also contact and access_control.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  discreet statement --population viewers --html statement.html",
            "  discreet statement --model model --json"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class StatementCommand implements Callable<Integer> {
    private static final String DOING = "make a statement";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--population",
            paramLabel = "NAME",
            description = "The population whose budget was charged. It needs the ledger.")
    private @Nullable String population;

    @Option(names = "--model", paramLabel = "FOLDER", description = "The folder that discreet train wrote.")
    private @Nullable Path model;

    @Mixin
    private LedgerOption ledger;

    @Option(
            names = "--about",
            paramLabel = "FILE",
            description = "What only you know, in lines such as 'data_curator_name = ACME' (UTF-8).")
    private @Nullable Path about;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also writes one HTML page for readers, to a file that does not exist yet.")
    private @Nullable String html;

    @Option(names = "--json", description = "Prints the statement as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (population == null && model == null) {
            throw new InputException("Cannot " + DOING
                    + ": there is nothing to state. Name a population with --population, a model with"
                    + " --model, or both.");
        }
        if (html != null) {
            Arguments.requireNewFile(DOING, "--html", html);
        }
        Statement statement = statement();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? StatementJson.of(statement) : StatementText.of(statement));
        if (html != null) {
            StatementPage.of(statement).write(Path.of(html));
        }
        requireHeld(out, statement);
        return 0;
    }

    private Statement statement() {
        Operator operator = about == null ? new Operator(Map.of()) : OperatorFile.read(about);
        Statements statements = new Statements(Version.software(), Instant.now(), operator);
        ModelDescription described = model == null ? null : ModelFiles.describe(model);
        if (population == null && described != null) {
            return statements.ofModel(described);
        }
        String name = String.valueOf(population);
        if (described != null && !described.provenance().population().equals(name)) {
            throw new InputException("Cannot " + DOING + ": the model in " + model + " is of population '"
                    + described.provenance().population() + "' and not of '" + name
                    + "'. Name that one, or another model.");
        }
        try (Ledger opened = ledger.open()) {
            Population stated = opened.population(name);
            LedgerTrust.require("state the total", stated);
            return statements.ofPopulation(stated, described);
        }
    }

    /**
     * Fails if the ledger does not hold the model's row. The statement says so too, and scripts rely on the
     * exit code.
     */
    private void requireHeld(PrintWriter out, Statement statement) {
        if (statement.life() != null && Boolean.FALSE.equals(statement.life().holdsModel())) {
            out.flush();
            throw new RunException(
                    "Cannot vouch for the total: the ledger does not hold the row that the model in " + model
                            + " came from, so it has forgotten charges or is another. Restore the newest copy"
                            + " of the ledger.");
        }
    }
}

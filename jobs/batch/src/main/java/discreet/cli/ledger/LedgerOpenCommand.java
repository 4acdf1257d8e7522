package discreet.cli.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.InputException;
import discreet.cli.shared.Arguments;
import discreet.cli.shared.DeltaRemark;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.LedgerOption;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.PopulationStatus;
import discreet.privacy.Attacker;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code discreet ledger open}, which opens a population under a cap. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Opens a population under a cap that never changes.",
        description = {
            "",
            "Choose a delta well below one in the number of people, such as 1e-5 for some thousands of them. Keep the "
                    + "ledger and its store. Without them nothing says what was spent.",
            ""
        },
        footer = {"", "Example:", "  discreet ledger open --population viewers --epsilon 5 --delta 1e-5"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LedgerOpenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--population",
            paramLabel = "NAME",
            required = true,
            description = "Name of the population: lower-case letters, digits, dots and dashes.")
    private String population;

    @Option(
            names = "--epsilon",
            paramLabel = "E",
            required = true,
            description = "The cap's epsilon: what all trainings together may cost each person, > 0.")
    private double epsilon;

    @Option(names = "--delta", paramLabel = "X", required = true, description = "The cap's delta, > 0 and < 1.")
    private double delta;

    @Option(
            names = "--delta-for-items",
            paramLabel = "Y",
            description = "The part of delta that pays for item ids where trainings have no --items, at least 0 and "
                    + "below --delta. It is fixed for good, and only the rest of delta is for noise (default: a tenth "
                    + "of --delta; 0 refuses trainings without --items).")
    private @Nullable Double deltaForItems;

    @Option(
            names = "--store",
            paramLabel = "URI",
            description = "Folder for the sealed releases, empty or not there yet. It is local, or the URI of a "
                    + "folder on any file system that Hadoop knows, such as hdfs://HOST/FOLDER (default: "
                    + "beside the ledger's file; with PostgreSQL there is no default).")
    private @Nullable String store;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Budget cap = new Budget(
                Arguments.positiveFinite("open a population", "--epsilon", epsilon), delta(), deltaForItems());
        try (Ledger opened = ledger.open()) {
            Population made = opened.openPopulation(population, cap, store());
            DeltaRemark.print(spec.commandLine().getErr(), delta);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                ObjectNode node = LedgerShowCommand.json(made.status());
                out.println(Json.text(node.put("attackerAccuracy", Attacker.accuracy(cap.largestCost()))));
            } else {
                explain(out, made.status());
            }
            return 0;
        }
    }

    private double delta() {
        if (!(delta > 0 && delta < 1)) {
            throw new InputException("Cannot open a population: --delta must be > 0 and < 1. Provided value: " + delta
                    + ". Give a number well below one in the number of people, such as 1e-5.");
        }
        return delta;
    }

    private Delta deltaForItems() {
        if (deltaForItems == null) {
            return Budget.usualDeltaForItems(delta);
        }
        if (!(deltaForItems >= 0 && deltaForItems < delta)) {
            throw new InputException("Cannot open a population: --delta-for-items must be >= 0 and below --delta."
                    + " Provided value: " + deltaForItems + ". Leave it out for a tenth of --delta.");
        }
        return Delta.roundedUp(deltaForItems);
    }

    private @Nullable URI store() {
        if (store == null) {
            return null;
        }
        try {
            return store.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
                    ? URI.create(store)
                    : Path.of(store).toUri();
        } catch (IllegalArgumentException e) {
            throw new InputException("Cannot open a population: --store is neither a path nor a URI. Name a folder.");
        }
    }

    private void explain(PrintWriter out, PopulationStatus status) {
        Budget cap = status.cap();
        out.println("Opened population '" + status.name() + "' in " + ledger.shown() + ", releases in " + status.store()
                + ".");
        out.println("All trainings on these people together will cost each of them at most epsilon "
                + Figures.atLeast(cap.epsilon()) + " at delta " + Figures.atLeast(cap.delta())
                + ", ever: the cap neither rises nor resets.");
        out.println("In plain words, when all of it is spent: " + Attacker.sentence(cap.largestCost()));
        if (Attacker.accuracy(cap.largestCost()) > .9) {
            out.println("That is weak. A cap of epsilon 1 lets them be right at most about "
                    + Attacker.timesIn100(cap.withEpsilon(1).largestCost()) + " times in 100.");
        }
        out.println("Keep both places and back them up together: without them nobody knows what was spent.");
    }
}

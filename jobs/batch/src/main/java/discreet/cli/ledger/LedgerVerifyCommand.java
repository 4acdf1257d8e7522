package discreet.cli.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.InputException;
import discreet.RunException;
import discreet.cli.shared.Json;
import discreet.cli.shared.LedgerOption;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.Verification;
import discreet.model.ModelFiles;
import discreet.model.ReleasedModel;
import discreet.statement.ModelCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code discreet ledger verify}, which checks chains, sums and sealed files. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Checks every row, sum, mark and sealed file. Exit code 1 if one has changed since it was written.",
        footer = {"", "Examples:", "  discreet ledger verify", "  discreet ledger verify --model model"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LedgerVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--population",
            paramLabel = "NAME",
            description = "One population (default: all of them, or that of the model).")
    private @Nullable String population;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Also checks that the model in this folder is the one that its release in the ledger paid "
                    + "for: chain head, parameters, price, and the numbers that the release sealed. What is computed "
                    + "from them, such as the spectrum, is not computed again.")
    private @Nullable Path model;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, Verification> found = new LinkedHashMap<>();
        ReleasedModel released = model == null ? null : ModelFiles.read(model);
        ModelCheck check = null;
        try (Ledger opened = ledger.open()) {
            String name = released == null ? population : populationOf(released);
            List<Population> asked = name == null ? opened.populations() : List.of(opened.population(name));
            asked.forEach(one -> found.put(one.name(), one.verify()));
            if (released != null && found.values().stream().allMatch(Verification::ok)) {
                check = ModelCheck.of(asked.get(0), released);
            }
        }
        if (found.isEmpty()) {
            throw new InputException(
                    "Cannot verify " + ledger.shown() + ": no population has been opened in it. If there was one,"
                            + " the ledger is lost or another: name it with --ledger, or restore it.");
        }
        print(spec.commandLine().getOut(), found, released, check);
        List<String> broken = new ArrayList<>();
        found.forEach((name, verification) -> {
            if (!verification.ok()) {
                broken.add("population '" + name + "'" + where(verification) + ": " + verification.reason());
            }
        });
        if (!broken.isEmpty()) {
            throw new RunException("Cannot trust the ledger " + ledger.shown() + ": " + String.join("; ", broken)
                    + ". Charge nothing more to it; restore ledger and store from a backup.");
        }
        if (check != null && !check.fits()) {
            throw new RunException("Cannot trust the model in " + model + ": "
                    + String.join("; ", check.problems())
                    + ". Use the ledger and the folder of its training, or restore their newest copies.");
        }
        return 0;
    }

    private String populationOf(ReleasedModel released) {
        String named = released.provenance().population();
        if (population != null && !population.equals(named)) {
            throw new InputException("Cannot verify the model in " + model + ": it is of population '" + named
                    + "' and not of '" + population + "'. Name that one, or another model.");
        }
        return named;
    }

    private static String where(Verification verification) {
        return verification.firstBroken().isPresent()
                ? ", row " + verification.firstBroken().getAsLong()
                : "";
    }

    private void print(
            PrintWriter out,
            Map<String, Verification> found,
            @Nullable ReleasedModel released,
            @Nullable ModelCheck check) {
        if (json) {
            ObjectNode object = Json.object().put("ledger", ledger.shown());
            ArrayNode list = object.putArray("populations");
            found.forEach((name, verification) -> {
                ObjectNode one = list.addObject()
                        .put("population", name)
                        .put("intact", verification.ok())
                        .put("rows", verification.rows());
                verification.firstBroken().ifPresent(row -> one.put("firstBroken", row));
                if (!verification.ok()) {
                    one.put("reason", verification.reason());
                }
            });
            if (check != null) {
                ObjectNode one = object.putObject("model")
                        .put("folder", String.valueOf(model))
                        .put("fits", check.fits())
                        .put("comparedSealedValues", check.comparedValues());
                check.problems().forEach(one.putArray("problems")::add);
            }
            out.println(Json.text(object));
        } else {
            found.forEach((name, verification) -> {
                if (verification.ok()) {
                    out.println("Population '" + name + "' is intact: " + verification.rows() + " rows.");
                }
            });
            if (released != null && check != null && check.fits()) {
                out.println("The model in " + model + " is of release '"
                        + released.provenance().release() + "': chain head, parameters and price fit"
                        + (check.comparedValues()
                                ? ", and so do the numbers that the release sealed. What is computed from them was"
                                        + " not computed again."
                                : ". The files that the release sealed were dropped, so numbers were not compared."));
            }
        }
        out.flush();
    }
}

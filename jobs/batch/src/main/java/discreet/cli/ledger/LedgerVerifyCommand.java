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
import java.io.PrintWriter;
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
        header = "Checks every row, every sum and every sealed file. Exit code 1 if one has changed since it was "
                + "written.",
        footer = {"", "Example:", "  discreet ledger verify"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LedgerVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--population", paramLabel = "NAME", description = "One population (default: all of them).")
    private @Nullable String population;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, Verification> found = new LinkedHashMap<>();
        try (Ledger opened = ledger.open()) {
            List<Population> asked = population == null ? opened.populations() : List.of(opened.population(population));
            asked.forEach(one -> found.put(one.name(), one.verify()));
        }
        if (found.isEmpty()) {
            throw new InputException(
                    "Cannot verify " + ledger.shown() + ": no population has been opened in it. If there was one,"
                            + " the ledger is lost or another: name it with --ledger, or restore it.");
        }
        print(spec.commandLine().getOut(), found);
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
        return 0;
    }

    private static String where(Verification verification) {
        return verification.firstBroken().isPresent()
                ? ", row " + verification.firstBroken().getAsLong()
                : "";
    }

    private void print(PrintWriter out, Map<String, Verification> found) {
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
            out.println(Json.text(object));
        } else {
            found.forEach((name, verification) -> {
                if (verification.ok()) {
                    out.println("Population '" + name + "' is intact: " + verification.rows() + " rows.");
                }
            });
        }
        out.flush();
    }
}

package io.discreet.jobs;

import io.discreet.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ledger: the option, else the environment, else a file in the working folder. */
final class LedgerOption {
    static final String VARIABLE = "DISCREET_LEDGER";
    static final String DEFAULT = "jdbc:sqlite:discreet-ledger.db";

    @Option(
            names = "--ledger",
            paramLabel = "URL",
            description = "The ledger, jdbc:sqlite:FILE (default: $" + VARIABLE + ", else " + DEFAULT + ").")
    private @Nullable String url;

    String url() {
        if (url != null) {
            return url;
        }
        String environment = System.getenv(VARIABLE);
        return environment == null || environment.isBlank() ? DEFAULT : environment;
    }

    Ledger open() {
        return Ledger.open(url());
    }
}

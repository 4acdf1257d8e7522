package discreet.cli.shared;

import discreet.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Defines the option that names the ledger. By default an environment variable names it, or else it is a file
 * in the working folder.
 */
public final class LedgerOption {
    static final String VARIABLE = "DISCREET_LEDGER";
    static final String DEFAULT = "jdbc:sqlite:discreet-ledger.db";

    @Option(
            names = "--ledger",
            paramLabel = "URL",
            description = "The ledger: jdbc:sqlite:FILE or jdbc:postgresql://HOST:PORT/DATABASE (default: $" + VARIABLE
                    + ", else " + DEFAULT + "). With PostgreSQL the user comes from the URL or $PGUSER. The password "
                    + "comes from the file that $DISCREET_LEDGER_PASSWORD_FILE names, from $PGPASSWORD or from "
                    + "~/.pgpass, never from the URL.")
    private @Nullable String url;

    /** Returns the ledger's JDBC URL. */
    String url() {
        if (url != null) {
            return url;
        }
        String environment = System.getenv(VARIABLE);
        return environment == null || environment.isBlank() ? DEFAULT : environment;
    }

    /** Returns what may be printed of the URL: everything but its parameters. */
    public String shown() {
        String url = url();
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }

    /** Opens the ledger. */
    public Ledger open() {
        return Ledger.open(url());
    }
}

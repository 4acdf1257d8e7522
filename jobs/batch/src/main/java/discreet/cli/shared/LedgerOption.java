package discreet.cli.shared;

import discreet.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ledger: the option, else the environment, else a file in the working folder. */
public final class LedgerOption {
    public static final String VARIABLE = "DISCREET_LEDGER";
    static final String DEFAULT = "jdbc:sqlite:discreet-ledger.db";

    @Option(
            names = "--ledger",
            paramLabel = "URL",
            description = "The ledger, jdbc:sqlite:FILE or jdbc:postgresql://HOST:PORT/DATABASE (default: $" + VARIABLE
                    + ", else " + DEFAULT + "). PostgreSQL: the user from the URL or $PGUSER; the password from the "
                    + "file that $DISCREET_LEDGER_PASSWORD_FILE names, $PGPASSWORD or ~/.pgpass, never from the URL.")
    private @Nullable String url;

    public String url() {
        if (url != null) {
            return url;
        }
        String environment = System.getenv(VARIABLE);
        return environment == null || environment.isBlank() ? DEFAULT : environment;
    }

    /** What may be printed: the URL without its parameters. */
    public String shown() {
        String url = url();
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }

    public Ledger open() {
        return Ledger.open(url());
    }
}

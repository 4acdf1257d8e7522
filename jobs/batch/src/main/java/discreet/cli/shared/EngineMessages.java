package discreet.cli.shared;

import discreet.DiscreetException;
import discreet.Remedy;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Words the engine's errors for the command line. The engine names a parameter in backticks by its name in
 * Java. Here {@code `minRating`} becomes {@code --min-rating}, and a {@link Remedy} becomes the command that
 * carries it out.
 */
final class EngineMessages {
    private static final Pattern PARAMETER = Pattern.compile("`([a-z][A-Za-z]*)`");
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    /** Parameters whose flag is not their name in kebab case. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "userCol", "--user-column",
            "itemCol", "--item-column",
            "itemIdCol", "--item-column",
            "ratingCol", "--rating-column",
            "timestampCol", "--timestamp-column",
            "releaseId", "--release");

    private EngineMessages() {}

    /** Returns the message of an error with flags for its parameters and a command for its remedy. */
    static String render(DiscreetException error) {
        String message = render(error.getMessage());
        return error.remedy()
                .map(remedy -> message.replaceFirst("\\.?$", "") + " (" + command(remedy) + ").")
                .orElse(message);
    }

    private static String render(String message) {
        return PARAMETER.matcher(message).replaceAll(match -> flag(match.group(1)));
    }

    /** Returns the flag of a parameter: {@code --min-rating} for {@code minRating}. */
    static String flag(String parameter) {
        String exception = EXCEPTIONS.get(parameter);
        return exception != null
                ? exception
                : "--" + CAPITAL.matcher(parameter).replaceAll("-$0").toLowerCase(Locale.ROOT);
    }

    private static String command(Remedy remedy) {
        String population = " --population " + remedy.population();
        return switch (remedy.action()) {
            case VERIFY_LEDGER -> "discreet ledger verify";
            case OPEN_POPULATION -> "discreet ledger open" + population + " --epsilon E --delta X";
            case SHOW_RELEASES -> "discreet ledger show" + population;
            case CHECK_RATINGS -> "discreet check --ratings PATH --items PATH --output FILE";
            case PLAN_RELEASES -> "discreet quote" + population;
        };
    }
}

package discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.BudgetException;
import discreet.DiscreetException;
import discreet.InputException;
import discreet.Remedy;
import discreet.RunException;
import discreet.StringConstants;
import discreet.cli.shared.CommandFailure;
import discreet.spark.DiscreetModel;
import discreet.text.BannedPhrases;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Checks that every parameter in the engine's errors has a flag and every remedy a command, and that texts
 * are in plain English.
 */
class EngineMessagesTest {
    private static final Pattern PARAMETER = Pattern.compile("`([A-Za-z]+)`");

    @Test
    void texts_anyOfTheCommandLine_haveNoBannedPhrase() {
        assertThat(BannedPhrases.inStrings(Discreet.class)).isEmpty();
    }

    static Stream<String> parameters() {
        return Stream.of(DiscreetException.class, DiscreetModel.class)
                .flatMap(module -> StringConstants.besides(module).values().stream())
                .flatMap(texts -> texts.stream())
                .flatMap(text -> PARAMETER.matcher(text).results())
                .map(MatchResult::group)
                .distinct()
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void parameter_anyInAMessageOfTheEngine_isAFlagOfTheCommandLine(String parameter) {
        assertThat(flags(Discreet.commandLine()))
                .contains(CommandFailure.of(new InputException(parameter)).line());
    }

    private static Set<String> flags(CommandLine command) {
        Set<String> flags = new TreeSet<>(command.getCommandSpec().optionsMap().keySet());
        command.getSubcommands().values().forEach(child -> flags.addAll(flags(child)));
        return flags;
    }

    @ParameterizedTest
    @CsvSource({
        "Lower `minRating`., Lower --min-rating.",
        "Give `releaseId` and `itemIdCol`., Give --release and --item-column.",
        "Give it (`userCol`)., Give it (--user-column).",
        "There is a `b c`., There is a `b c`."
    })
    void parameter_inBackticks_becomesItsFlag(String message, String line) {
        assertThat(CommandFailure.of(new RunException(message))).isEqualTo(new CommandFailure(line, 1));
    }

    @Test
    void remedy_ofABudget_isTheCommandThatPlans() {
        assertThat(CommandFailure.of(new BudgetException("Cannot a: b. Plan.", Remedy.planReleases("eu"))))
                .isEqualTo(new CommandFailure("Cannot a: b. Plan (discreet quote --population eu).", 3));
    }

    @ParameterizedTest
    @EnumSource
    void remedy_any_isACommandWithOptionsThatExist(Remedy.Action action) {
        String line = CommandFailure.of(new InputException("Cannot a: b. Do c.", new Remedy(action, "eu")))
                .line();
        assertThat(line).startsWith("Cannot a: b. Do c (discreet ").endsWith(").");

        String command = line.substring(line.indexOf('(') + 1, line.length() - 2);
        CommandLine at = Discreet.commandLine();
        for (String word : command.substring("discreet ".length()).split(" ")) {
            if (word.startsWith("--")) {
                assertThat(at.getCommandSpec().optionsMap()).containsKey(word);
            } else if (at.getSubcommands().containsKey(word)) {
                at = at.getSubcommands().get(word);
            }
        }
        assertThat(at.getSubcommands()).isEmpty();
    }
}

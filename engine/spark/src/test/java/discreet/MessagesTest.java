package discreet;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.spark.DiscreetModel;
import discreet.text.BannedPhrases;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that the engine's messages suit every front end. They name parameters and actions, which the command
 * line turns into flags and commands.
 */
class MessagesTest {
    private static final Pattern FLAG = Pattern.compile("--[a-z]");
    private static final Pattern COMMAND = Pattern.compile(
            "discreet (bench|demo|evaluate|explain|forecast|ledger|predict|quote|recommend|related|sample"
                    + "|split|statement|train)\\b");

    private static List<String> ofTheCommandLine(Class<?> module) {
        return StringConstants.besides(module).entrySet().stream()
                .flatMap(type -> type.getValue().stream()
                        .filter(text -> FLAG.matcher(text).find()
                                || COMMAND.matcher(text).find())
                        .map(text -> type.getKey() + ": " + text))
                .toList();
    }

    @Test
    void messages_anyInTheEngine_nameNoFlagAndNoCommand() {
        assertThat(Stream.of(DiscreetException.class, DiscreetModel.class)
                        .flatMap(module -> ofTheCommandLine(module).stream()))
                .isEmpty();
    }

    @Test
    void messages_any_haveNoBannedPhrase() {
        assertThat(BannedPhrases.inStrings(DiscreetModel.class)).isEmpty();
    }

    @Test
    void messages_withAFlagOrACommand_areFound() {
        String release = "a";
        assertThat(ofTheCommandLine(MessagesTest.class))
                .contains("discreet/MessagesTest.class: run it again with --release \u0001")
                .contains("discreet/MessagesTest.class: see discreet ledger show");
        assertThat("run it again with --release " + release).isNotEqualTo("see discreet" + " ledger show");
    }
}

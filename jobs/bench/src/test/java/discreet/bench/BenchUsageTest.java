package discreet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the help of the benchmarks and the arguments that are refused before Spark starts. */
class BenchUsageTest {
    @ParameterizedTest
    @ValueSource(strings = {"bench", "bench accuracy", "bench forecast", "bench ratings", "bench speed"})
    void help_ofCommand_saysHowToUseIt(String command) {
        Run run = Run.of((command + " --help").split(" ")).succeeds();

        assertThat(run.out()).contains("Usage: discreet " + command);
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bench accuracy --movielens r --diversify 2, needs --items",
        "bench forecast --ratings r --items i, --public-data"
    })
    void run_unusableArguments_endsWith2(String command, String says) {
        assertThat(Run.of(command.split(" ")).failsWith(2).err()).contains(says);
    }
}

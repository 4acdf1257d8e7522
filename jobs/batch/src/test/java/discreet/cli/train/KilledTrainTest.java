package discreet.cli.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.Run;
import discreet.cli.Service;
import discreet.ledger.Population;
import discreet.ledger.ReleaseStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command itself, killed by SIGKILL as soon as it says that it has charged. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGKILL")
@Tag("kills")
class KilledTrainTest {
    private static final Pattern CHARGED = Pattern.compile("Release (\\S+) of population '\\S+' is charged.*");
    private static final int SIGKILLED = 128 + 9;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--objective ranking", "--objective rating --rating-range 1,5 --expected-people 100"})
    void train_killedOnceCharged_goesOnUnderTheSameId(String objective) throws IOException, InterruptedException {
        Service service = Service.in(folder);
        String[] asked = objective.split(" ");
        Process training = Run.builder(folder, List.of(), service.train(asked))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String release = "";
        try (BufferedReader err = training.errorReader(UTF_8)) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                Matcher charged = CHARGED.matcher(line);
                if (charged.matches()) {
                    release = charged.group(1);
                    break;
                }
            }
            training.toHandle().destroyForcibly();
        }
        assertThat(training.waitFor()).isEqualTo(SIGKILLED);
        assertThat(folder.resolve("model")).doesNotExist();

        Run again = Run.of(service.train((objective + " --release " + release).split(" ")))
                .succeeds();

        assertThat(again.out()).contains("release " + release);
        Population population = service.population();
        assertThat(population.verify().ok()).isTrue();
        assertThat(population.releases()).singleElement().matches(ReleaseStatus::isSealed);
        Run.of("ledger", "verify", "--ledger", service.ledger()).succeeds();
        assertThat(population.status().charged().rho())
                .isEqualTo(population.cap().withEpsilon(1).largestRho());

        // Once more, when all of it is sealed: the same values, and nothing is charged
        Run.of(service.train((objective + " --model " + service.path("again") + " --release " + release).split(" ")))
                .succeeds();
        assertThat(service.population().status().charged())
                .isEqualTo(population.status().charged());
        for (String file : List.of("items.parquet", "spectrum.parquet")) {
            assertThat(folder.resolve("again").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("model").resolve(file));
        }
    }
}

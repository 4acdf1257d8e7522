package discreet.cli.recommend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.InventedRatings;
import discreet.cli.Run;
import discreet.cli.Service;
import discreet.cli.shared.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests what is written about lists and predictions: the counts of people whose history matches nothing, the
 * remark on a model that has learned nothing, and ids that a spreadsheet would compute.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutputOptionsTest {
    @TempDir
    private static Path folder;

    private InventedRatings ratings;

    @BeforeAll
    void write() {
        ratings = InventedRatings.in(folder);
        ratings.write("people.csv", """
                user,item,rating
                anna,a,5
                ben,d,4
                cleo,nowhere,4
                dan,a,none
                =1+1,b,2
                """);
    }

    private Run recommend(String output, String... others) {
        return run("recommend", output, others);
    }

    private Run run(String command, String output, String... others) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--model",
                ratings.path("model"),
                "--histories",
                ratings.path("people.csv"),
                "--output",
                ratings.path(output)));
        arguments.addAll(List.of(others));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static Map<String, Long> counts(Path file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        JsonNode json = Json.parsed(Files.readString(file, UTF_8));
        assertThat(json.path("notForPublication").asText()).contains("Not for publication", "exact");
        return Map.of(
                "people", json.path("people").longValue(),
                "nothingInCatalogue", json.path("nothingInCatalogue").longValue(),
                "nothingCounts", json.path("nothingCounts").longValue(),
                "nothingInHead", json.path("nothingInHead").longValue());
    }

    private static Map<String, Long> counts(long people, long catalogue, long counts, long head) {
        return Map.of(
                "people", people, "nothingInCatalogue", catalogue, "nothingCounts", counts, "nothingInHead", head);
    }

    @Test
    void diagnostics_ofLists_countWhoMatchesNothingAndPrintNothing() throws IOException {
        Run plain = recommend("plain").succeeds();
        Run run = recommend("counted", "--diagnostics", ratings.path("lists.json"))
                .succeeds();

        assertThat(counts(folder.resolve("lists.json"))).isEqualTo(counts(5, 1, 1, 1));
        assertThat(run.out()).isEqualTo(plain.out().replace("plain", "counted"));
        assertThat(run.err()).isEqualTo(plain.err());

        ratings.write("named.csv", "user\nanna\nben\nben\nstranger\n");
        recommend("named", "--people", ratings.path("named.csv"), "--diagnostics", ratings.path("named.json"))
                .succeeds();
        assertThat(counts(folder.resolve("named.json"))).isEqualTo(counts(3, 1, 0, 1));
    }

    @Test
    void diagnostics_ofPredictions_countThePeopleOfThePairs() throws IOException {
        ratings.write("pairs.csv", "user,item\nanna,b\nanna,c\ncleo,a\nstranger,a\ndan,b\n");
        run(
                        "predict",
                        "predictions",
                        "--pairs",
                        ratings.path("pairs.csv"),
                        "--diagnostics",
                        ratings.path("predictions.json"))
                .succeeds();

        assertThat(counts(folder.resolve("predictions.json"))).isEqualTo(counts(4, 2, 1, 0));
    }

    @Test
    void diagnostics_fileThatExistsOrStdout_isRefusedBeforeAnything() {
        assertThat(recommend("bad", "--diagnostics", "-").failsWith(2).err()).contains("stdout");
        assertThat(recommend("bad", "--diagnostics", ratings.path("people.csv"))
                        .failsWith(2)
                        .err())
                .contains("does not exist yet");
        assertThat(folder.resolve("bad")).doesNotExist();
    }

    @Test
    void neutralIds_csv_hasNoIdThatIsAFormula() throws IOException {
        recommend("raw", "--format", "csv").succeeds();
        recommend("neutral", "--format", "csv", "--neutral-ids").succeeds();
        String raw = Files.readString(folder.resolve("raw/lists.csv"), UTF_8);
        assertThat(raw).contains("\n=1+1,");
        assertThat(folder.resolve("neutral/lists.csv")).hasContent(raw.replace("\n=1+1,", "\n'=1+1,"));

        ratings.write("formula.csv", "user,item\n=1+1,a\nanna,@b\n");
        String[] pairs = {"--pairs", ratings.path("formula.csv"), "--format", "csv"};
        run("predict", "neutral-pairs", pairs[0], pairs[1], pairs[2], pairs[3], "--neutral-ids")
                .succeeds();
        assertThat(Files.readString(folder.resolve("neutral-pairs/predictions.csv"), UTF_8))
                .contains("\n'=1+1,a,", "\nanna,'@b,");

        assertThat(recommend("bad", "--neutral-ids").failsWith(2).err()).contains("--format csv");
    }

    /**
     * Two trainings on a file without rows, which the guard would stop. Noise alone passes for people with
     * probability .00135 and for a taste in a few of 1,000 trainings, so both models pass once in 10^10 runs.
     */
    @Test
    void modelOfNoise_anyList_isSaidOnStderr() throws IOException {
        List<String> said = new ArrayList<>();
        for (String name : List.of("noise", "more-noise")) {
            Path other = Files.createDirectory(folder.resolve(name));
            Service service = Service.in(other);
            Files.writeString(other.resolve("empty.csv"), "user,item,rating,timestamp\n");
            Run.of(service.train("--ratings", other.resolve("empty.csv").toString()))
                    .succeeds();
            said.add(Run.of(service.recommend()).succeeds().err());
        }

        assertThat(said)
                .anyMatch(err -> err.contains("Remark: This model has learned nothing about what people like: "));
        assertThat(recommend("learned").succeeds().err()).doesNotContain("learned nothing");
    }
}

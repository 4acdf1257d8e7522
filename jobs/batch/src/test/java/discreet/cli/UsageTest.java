package discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tests help, and arguments that are refused before Spark starts. */
class UsageTest {
    @TempDir
    private Path folder;

    private Service service;

    @BeforeEach
    void makeService() {
        service = Service.in(folder);
    }

    @Test
    void help_noCommand_listsEveryCommand() {
        Run run = Run.of("--help").succeeds();

        assertThat(run.out())
                .contains("Usage: discreet", "Exit codes:")
                .contains(
                        "  quote ",
                        "  train ",
                        "  recommend ",
                        "  predict ",
                        "  related ",
                        "  explain ",
                        "  statement ",
                        "  split ",
                        "  evaluate ",
                        "  ledger ",
                        "  sample ");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "train",
                "recommend",
                "predict",
                "related",
                "explain",
                "statement",
                "split",
                "evaluate",
                "forecast",
                "sample",
                "ledger",
                "ledger open",
                "ledger show",
                "ledger verify",
                "ledger drop",
                "ledger close",
                "quote"
            })
    void help_ofCommand_saysHowToUseIt(String command) {
        Run run = Run.of((command + " --help").split(" ")).succeeds();

        assertThat(run.out()).contains("Usage: discreet " + command);
        assertThat(run.err()).isEmpty();
    }

    /** picocli takes its time to look at a command, so only the one that was named is shown to it. */
    @Test
    void commandLine_nameOfACommand_hasThatOneAlone() {
        for (String name : Discreet.commands()) {
            assertThat(Discreet.commandLine(name).getSubcommands()).containsOnlyKeys(name);
        }
        for (String other : new @Nullable String[] {null, "trian", "--help", ""}) {
            assertThat(Discreet.commandLine(other).getSubcommands())
                    .containsKeys(Discreet.commands().toArray(String[]::new));
        }
    }

    @Test
    void help_exampleOfAnyCommand_fitsOneLine() {
        assertThat(examples(Discreet.commandLine())).isNotEmpty().allMatch(example -> example.length() <= 110);
    }

    private static List<String> examples(CommandLine command) {
        return Stream.concat(
                        Stream.of(command.getCommandSpec().usageMessage().footer()),
                        command.getSubcommands().values().stream().flatMap(child -> examples(child).stream()))
                .toList();
    }

    @Test
    void version_any_isPrinted() {
        assertThat(Run.of("--version").succeeds().out()).startsWith("discreet ");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                of("", "needs a command"),
                of("trian", "unknown command 'trian'", "train"),
                of("guess", "unknown command 'guess'"),
                of("ledger", "needs a command"),
                of("ledger shwo", "unknown command 'shwo'"),
                of("train", "missing required options", "discreet train --help"),
                of("train --epsilon", "--epsilon", "discreet train --help"),
                of("TRAIN --hlep", "unknown option '--hlep'"),
                of("TRAIN stray", "unexpected argument 'stray'"),
                of("TRAIN --epsilon 0", "--epsilon must be > 0 and finite. Provided value: 0.0"),
                of("TRAIN --epsilon -1", "--epsilon must be > 0"),
                of("TRAIN --epsilon NaN", "--epsilon must be > 0 and finite. Provided value: NaN"),
                of("TRAIN --epsilon Infinity", "--epsilon must be > 0 and finite"),
                of("TRAIN --epsilon much", "'much' is not a double"),
                of("TRAIN --max-items-per-user 0", "--max-items-per-user must be > 0"),
                of("TRAIN --max-head 0", "--max-head must be > 0"),
                of(
                        "train --ratings r --model FOLDER/m --population invented --epsilon 1 --content",
                        "--content is about"),
                of("TRAIN --min-rating NaN", "--min-rating must be finite"),
                of("TRAIN --rating-range 5,1", "--rating-range"),
                of("TRAIN --rating-range 5", "--rating-range"),
                of("TRAIN --rating-range 1,5 --min-rating 6", "--min-rating is above"),
                of("TRAIN --objective both", "objective 'both'"),
                of("TRAIN --objective rating", "--rating-range"),
                of("quote --objective rating --discover --epsilon 1", "--discover"),
                of("TRAIN --objective rating --rating-range 1,5 --min-rating 4", "--min-rating"),
                of("TRAIN --objective rating --rating-range 1,5 --expected-people 0", "--expected-people"),
                of("TRAIN --expected-people 5000", "--expected-people is for --objective rating"),
                of("explain --model FOLDER/none --history h --item x --k 3", "Give either"),
                of("explain --model FOLDER/none --history h --item x --filter genre=Comedy", "Give either"),
                of("TRAIN --user-column item", "one column twice"),
                of("TRAIN --population nobody", "population 'nobody'", "discreet ledger open"),
                of("TRAIN --ledger jdbc:sqlite:FOLDER/none.db", "population 'invented'"),
                of("TRAIN --ledger mysql:x", "as a ledger"),
                of("TRAIN --ledger jdbc:postgresql://me:secret@host/db", "PGPASSWORD"),
                of("TRAIN --release a/b", "release id"),
                of("TRAIN --model FOLDER/sample", "it exists"),
                of("TRAIN --model FOLDER/no/model", "not a folder"),
                of("RECOMMEND --k 0", "--k must be > 0. Provided value: 0"),
                of("RECOMMEND --k -3", "--k must be > 0"),
                of("RECOMMEND --format xml", "PARQUET, CSV"),
                of("RECOMMEND --output FOLDER/sample", "exists"),
                of("RECOMMEND", "there is no manifest.json"),
                of(
                        "predict --model FOLDER/none --histories h --pairs p --output FOLDER/o",
                        "there is no manifest.json"),
                of("predict --model FOLDER/none --histories h --pairs p --output FOLDER/sample", "exists"),
                of("predict --model FOLDER/none --histories h --output FOLDER/o", "--pairs"),
                of("RECOMMEND --filter genre", "COLUMN=VALUE"),
                of("RECOMMEND --diversify 21", "--diversify must be from 0 to 20. Provided value: 21"),
                of("RECOMMEND --diversify -1", "--diversify must be from 0 to 20"),
                of("explain --model FOLDER/none --history h", "there is no manifest.json"),
                of("explain --model FOLDER/none --history h --k 0", "--k must be > 0"),
                of("explain --model FOLDER/none --history h --filter =x", "COLUMN=VALUE"),
                of("explain --model FOLDER/none", "missing required option"),
                of("related --model FOLDER/none --item x", "there is no manifest.json"),
                of("related --model FOLDER/none --item x --k 0", "--k must be > 0"),
                of("statement", "nothing to state"),
                of("statement --model FOLDER/none", "there is no manifest.json"),
                of("statement --model FOLDER/none --html FOLDER/sample", "--html", "does not exist yet"),
                of("statement --model FOLDER/none --html FOLDER/no/page.html", "--html", "missing"),
                of("statement --population nobody --ledger jdbc:sqlite:FOLDER/ledger.db", "population 'nobody'"),
                of("statement --population nobody --about FOLDER/none", "--about"),
                of("split --ratings r --output FOLDER/o --people-share 1", "share of people"),
                of("split --ratings r --output FOLDER/o --items-share 0", "share of items"),
                of("split --ratings r --output FOLDER/sample", "exists"),
                of("evaluate --model FOLDER/none --histories h --holdout o", "--public-data"),
                of("evaluate --model FOLDER/none --histories h --holdout o --population p", "--epsilon"),
                of(
                        "evaluate --model FOLDER/none --histories h --holdout o --public-data --population p",
                        "one of them"),
                of(
                        "evaluate --model FOLDER/none --histories h --holdout o --population p --epsilon 0",
                        "--epsilon must be"),
                of(
                        "evaluate --model FOLDER/none --histories h --holdout o --population p --epsilon 1"
                                + " --peer-training r",
                        "--peer-training"),
                of("evaluate --model FOLDER/none --histories h --holdout o --public-data --k 20,0", "--k must be > 0"),
                of("evaluate --model FOLDER/none --histories h --holdout o --public-data", "no manifest.json"),
                of("TRAIN --dry-run --epsilon 0", "--epsilon must be > 0"),
                of("TRAIN --dry-run --population nobody", "population 'nobody'"),
                of("TRAIN --dry-run --model FOLDER/sample", "it exists"),
                of("TRAIN --dry-run --items FOLDER/none.csv", "no such file"),
                of("quote", "nothing says what a training costs", "--epsilon"),
                of("quote --epsilon 0", "--epsilon must be > 0"),
                of("quote --epsilon NaN", "--epsilon must be > 0"),
                of("quote --epsilon 1e-300 --delta 1e-300", "too small"),
                of("quote --epsilon 1 --delta 1", "--delta must be > 0 and < 1"),
                of("quote --epsilon 1 --gram-noise 3", "each say what a training costs"),
                of("quote --epsilon 1 --plan p.csv", "each say what a training costs"),
                of("quote --gram-noise 0", "--gram-noise must be > 0"),
                of("quote --people-noise 1e-9", "no epsilon"),
                of("quote --epsilon 1 --people 0", "people"),
                of("quote --epsilon 1 --items 0", "items"),
                of("quote --epsilon 1 --max-head -1", "head"),
                of("quote --cap 0 --epsilon 1", "--cap must be > 0"),
                of("quote --cap 5 --population invented", "Leave out --cap"),
                of("quote --delta 1e-6 --population invented", "delta of its own"),
                of("quote --epsilon 1 --every P1M", "belong to --releases"),
                of("quote --epsilon 1 --from 2027-01-01", "belong to --releases"),
                of("quote --epsilon 1 --releases 0", "--releases must be from 1 to 1000"),
                of("quote --epsilon 1 --releases 1001", "--releases must be from 1 to 1000"),
                of("quote --epsilon 1 --releases 2 --every month", "such as P1M"),
                of("quote --epsilon 1 --releases 2 --every P0D", "a time that passes"),
                of("quote --epsilon 1 --releases 2 --every P-1M", "a time that passes"),
                of("quote --epsilon 1 --releases 3 --every P999999999Y", "end of the calendar"),
                of("quote --epsilon 1 --releases 2 --from 31.1.2027", "such as 2027-01-31"),
                of("quote --plan FOLDER/none.csv", "missing or may not be read"),
                of("quote --plan FOLDER", "missing or may not be read"),
                of("quote --plan FOLDER/none.csv --releases 2", "Leave out --releases"),
                of("quote --ledger jdbc:sqlite:FOLDER/none.db --population x --epsilon 1", "population 'x'"),
                of("LEDGER open --population invented --epsilon 1 --delta 1e-5", "was opened before"),
                of("LEDGER open --population Two --epsilon 1 --delta 1e-5", "name must match"),
                of("LEDGER open --population two --epsilon 0 --delta 1e-5", "--epsilon must be > 0"),
                of("LEDGER open --population two --epsilon 1 --delta 0", "--delta must be > 0 and < 1"),
                of("LEDGER open --population two --epsilon 1 --delta NaN", "--delta must be > 0 and < 1"),
                of(
                        "LEDGER open --population two --epsilon 1 --delta 1e-5 --store s3://b/x",
                        "Hadoop's file system for s3"),
                of("LEDGER open --population two --epsilon 1 --delta 1e-5 --store s3a://key:secret@b/x", "password"),
                of("LEDGER show --population nobody", "population 'nobody'"),
                of("LEDGER verify --population nobody", "population 'nobody'"),
                of("LEDGER close --population nobody --yes", "population 'nobody'"),
                of("LEDGER close --population invented", "--yes"));
    }

    private static Arguments of(String command, String... says) {
        return Arguments.of(command, List.of(says));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void run_unusableArguments_endsWith2(String command, List<String> says) {
        Run run = Run.of(words(command)).failsWith(2);

        assertThat(run.err()).contains(says);
        service.isUntouchedBy(run);
    }

    private String[] words(String command) {
        List<String> words = command.isEmpty()
                ? List.of()
                : List.of(command.replace("FOLDER", folder.toString()).split(" "));
        if (words.isEmpty()) {
            return new String[0];
        }
        String[] others = words.subList(1, words.size()).toArray(String[]::new);
        return switch (words.get(0)) {
            case "TRAIN" -> service.train(others);
            case "RECOMMEND" -> service.recommend(others);
            case "LEDGER" ->
                Stream.concat(
                                Stream.concat(Stream.of("ledger"), Stream.of(others)),
                                Stream.of("--ledger", service.ledger()))
                        .toArray(String[]::new);
            default -> words.toArray(String[]::new);
        };
    }

    @Test
    void run_lineBreakInArgument_isReportedOnOneLine() {
        Run.of("train", "--new\nline\u001b[31m").failsWith(2);
    }

    @Test
    void related_modelOfNewerVersion_endsWith2() throws IOException {
        Path model = Files.createDirectory(folder.resolve("given-model"));
        Files.writeString(model.resolve("manifest.json"), "{\"format\":\"discreet-model\",\"version\":99}");

        Run run = Run.of("related", "--model", model.toString(), "--item", "t0001")
                .failsWith(2);

        assertThat(run.err()).contains("version 99", "newer");
    }

    @Test
    void related_brokenManifest_endsWith2() throws IOException {
        Path model = Files.createDirectory(folder.resolve("given-model"));
        Files.writeString(model.resolve("manifest.json"), "{\"format\":\"discreet-model\",\"ver");

        Run run = Run.of("related", "--model", model.toString(), "--item", "t0001")
                .failsWith(2);

        assertThat(run.err()).contains("damaged");
    }
}

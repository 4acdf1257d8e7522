package discreet.cli.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.Run;
import discreet.cli.document.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Types every command of README and of the guide's first page, in order. The folder has what a clone has: the
 * launcher, here on the class path of this test, and the samples. It also has files in the form of
 * MovieLens's ml-latest-small.
 *
 * <p>A block of {@code sh} holds commands, and the next block of {@code text} shows what they print. Numbers,
 * ids of releases and lines with a title differ from run to run. They are taken out of both sides before
 * these are compared.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
class CommandBlocksTest {
    private static final String README = "README.md";
    private static final String GUIDE = "docs/guide/README.md";

    /** Builds, downloads, and commands that name other machines. */
    private static final Pattern NOT_HERE =
            Pattern.compile("(\\./mvnw|cargo|git clone|curl|spark-submit)\\b.*|.*\\.example\\b.*");

    private static final Pattern TITLE = Pattern.compile(".*\\((19|20)\\d\\d\\).*");

    @TempDir
    private static Path folder;

    private static final Map<String, Future<List<Typed>>> DOCUMENTS = new HashMap<>();
    private static final ExecutorService TYPISTS = Executors.newFixedThreadPool(2);

    /** A block of commands, what is shown of them, and what they did. */
    private record Typed(Block commands, List<String> shown, Run run) {}

    @BeforeAll
    static void type() {
        for (String document : List.of(README, GUIDE)) {
            DOCUMENTS.put(document, TYPISTS.submit(() -> type(document)));
        }
    }

    @AfterAll
    static void stop() {
        TYPISTS.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {README, GUIDE})
    void commands_typedInOrder_printWhatIsShown(String document) throws Exception {
        List<Typed> all = Objects.requireNonNull(DOCUMENTS.get(document)).get(10, TimeUnit.MINUTES);

        assertThat(all).hasSizeGreaterThanOrEqualTo(2);
        assertThat(all).anyMatch(typed -> !typed.shown().isEmpty());
        for (Typed typed : all) {
            String where = document + ":" + typed.commands().line() + ": "
                    + typed.run().err();
            assertThat(typed.run().exitCode()).as(where).isZero();
            assertThat(stable(typed.run().out().lines().toList())).as(where).containsAll(stable(typed.shown()));
        }
    }

    @Test
    void stable_lines_ignoreNumbersAndTitlesOnly() {
        assertThat(stable(List.of(
                        "| epsilon 5   |    0.4289 |",
                        "+-------+---+",
                        "  ... and two more",
                        "    The Tin Attic (2017)     Action",
                        "Trained  'viewers', release 20261130-192249-d8aff5ef3a24",
                        "noise 7.8e-4, 1,234 people")))
                .containsExactly("| epsilon 0 | 0 |", "+-+-+", "Trained 'viewers', release ID", "noise 0, 0 people");
    }

    @Test
    void commands_ofOtherMachinesAndBuilds_areLeftOut() {
        Block block = new Block(
                1,
                "sh",
                List.of("./mvnw verify", "./discreet train \\", "    --epsilon 1", "curl -O https://example.com/a"));

        assertThat(script(block)).isEqualTo("./discreet train \\\n    --epsilon 1\n");
    }

    private static List<Typed> type(String document) throws IOException, InterruptedException {
        Path clone = clone(Files.createDirectory(folder.resolve(document.replace('/', '-'))));
        List<Block> blocks = Markdown.read(Markdown.PROJECT.resolve(document)).blocks();
        List<Typed> typed = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            String script = script(blocks.get(i));
            if (blocks.get(i).language().equals("sh") && !script.isEmpty()) {
                boolean shown =
                        i + 1 < blocks.size() && blocks.get(i + 1).language().equals("text");
                typed.add(new Typed(blocks.get(i), shown ? blocks.get(i + 1).lines() : List.of(), run(clone, script)));
            }
        }
        return typed;
    }

    /** The commands that can be typed here, each with its continued lines. */
    private static String script(Block block) {
        StringBuilder script = new StringBuilder();
        for (String command : String.join("\n", block.lines()).split("(?<!\\\\)\n")) {
            if (!NOT_HERE.matcher(command.replace("\\\n", " ")).matches()) {
                script.append(command).append('\n');
            }
        }
        return script.toString();
    }

    private static Run run(Path clone, String script) throws IOException, InterruptedException {
        Path file = Files.writeString(clone.resolve("typed.sh"), script);
        Path out = clone.resolve("typed.out");
        Path err = clone.resolve("typed.err");
        ProcessBuilder builder = new ProcessBuilder("sh", "-eu", file.toString())
                .directory(clone.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("DISCREET_LEDGER", "JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running after 5 minutes: " + script);
        }
        return new Run(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    private static Path clone(Path clone) throws IOException {
        Path samples = Files.createDirectory(clone.resolve("data-samples"));
        for (String sample : List.of("ratings.parquet", "items.csv")) {
            Files.copy(Markdown.PROJECT.resolve("data-samples").resolve(sample), samples.resolve(sample));
        }
        List<String> java = Run.builder(clone, List.of("-Ddiscreet.home=" + Markdown.PROJECT))
                .command();
        Path launcher = clone.resolve("discreet");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec "
                        + java.stream()
                                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                                .collect(Collectors.joining(" "))
                        + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        movieLens(Files.createDirectory(clone.resolve("ml-latest-small")));
        return clone;
    }

    /** The columns and the size of ml-latest-small, with invented titles and ratings drawn at random. */
    private static void movieLens(Path folder) throws IOException {
        Random random = new Random(14);
        StringBuilder movies = new StringBuilder("movieId,title,genres\n");
        for (int movie = 1; movie <= 300; movie++) {
            movies.append("%d,\"Invented Title, The Number %d (%d)\",%s\n"
                    .formatted(movie, movie, 1950 + movie % 70, movie % 2 == 0 ? "Comedy|Drama" : "Thriller"));
        }
        StringBuilder ratings = new StringBuilder("userId,movieId,rating,timestamp\n");
        for (int user = 1; user <= 610; user++) {
            for (int i = 0; i < 30; i++) {
                int movie = 1 + (int) (300 * Math.pow(random.nextDouble(), 2));
                ratings.append("%d,%d,%s,%d\n"
                        .formatted(
                                user,
                                movie,
                                (1 + random.nextInt(10)) / 2.0,
                                1_500_000_000 + random.nextInt(100_000_000)));
            }
        }
        Files.writeString(folder.resolve("movies.csv"), movies);
        Files.writeString(folder.resolve("ratings.csv"), ratings);
    }

    private static List<String> stable(List<String> lines) {
        return lines.stream()
                .filter(line -> !TITLE.matcher(line).matches() && !line.strip().startsWith("..."))
                .map(line -> line.replaceAll("\\d{8}-\\d{6}-[0-9a-f]{12}", "ID")
                        .replaceAll("\\d[\\d,]*(\\.\\d+)?(e-?\\d+)?", "0")
                        .replaceAll("-+", "-")
                        .replaceAll("\\s+", " ")
                        .strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}

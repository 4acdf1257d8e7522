package discreet.cli.recommend;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.Run;
import discreet.cli.Service;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Kills the command by SIGKILL as soon as it has finished a part. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGKILL")
@Tag("kills")
class KilledRecommendTest {
    private static final int SIGKILLED = 128 + 9;
    private static final int MINUTES = 5;
    /**
     * So many parts that most are left when the first is finished, since a part takes some milliseconds at
     * least.
     */
    private static final int PARTS = 150;

    @TempDir
    private Path folder;

    @Test
    void recommend_killedInTheMiddle_makesOnlyWhatIsMissing() throws IOException, InterruptedException {
        Service service = Service.in(folder);
        Run.of(service.train()).succeeds();
        String[] recommend = service.recommend("--parts", "" + PARTS);

        Process process = Run.builder(folder, List.of(), recommend)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Path partial = firstIn(folder, name -> name.endsWith(".partial"));
            firstIn(firstIn(partial, "lists"::equals), name -> name.startsWith("part-"));
        } finally {
            process.toHandle().destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(SIGKILLED);
        assertThat(folder.resolve("lists")).doesNotExist();
        Map<String, Object> finished =
                identities(firstIn(firstIn(folder, name -> name.endsWith(".partial")), "lists"::equals));

        Run again = Run.of(recommend).succeeds();

        assertThat(again.errAfterPreview().lines()).containsExactly("Resuming: the parts that are finished are kept.");
        assertThat(finished).isNotEmpty().hasSizeLessThan(PARTS);
        assertThat(identities(folder.resolve("lists"))).containsAllEntriesOf(finished);

        Run.of(service.recommend("--parts", "" + PARTS, "--output", service.path("whole")))
                .succeeds();
        assertThat(identities(folder.resolve("lists")).keySet())
                .isEqualTo(identities(folder.resolve("whole")).keySet());
        for (String part : identities(folder.resolve("whole")).keySet()) {
            assertThat(folder.resolve("lists").resolve(part))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(part));
        }
        assertThat(Run.of(recommend).failsWith(2).err()).contains("exists");
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).noneMatch(path -> path.toString().endsWith(".partial"));
        }
    }

    /** Waits for an entry of a folder with such a name, and returns the first. */
    private static Path firstIn(Path folder, Predicate<String> wanted) throws IOException, InterruptedException {
        try (WatchService changes = FileSystems.getDefault().newWatchService()) {
            folder.register(changes, ENTRY_CREATE);
            while (true) {
                try (Stream<Path> entries = Files.list(folder)) {
                    Path found = entries.filter(
                                    path -> wanted.test(path.getFileName().toString()))
                            .findFirst()
                            .orElse(null);
                    if (found != null) {
                        return found;
                    }
                }
                var change = changes.poll(MINUTES, TimeUnit.MINUTES);
                assertThat(change).as("nothing came in " + MINUTES + " minutes").isNotNull();
                change.pollEvents();
                change.reset();
            }
        }
    }

    private static Map<String, Object> identities(Path lists) throws IOException {
        Map<String, Object> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(lists)) {
            for (Path file : all.filter(path -> path.getFileName().toString().startsWith("part-"))
                    .toList()) {
                files.put(
                        file.getFileName().toString(),
                        List.of(Files.getAttribute(file, "unix:ino"), Files.getLastModifiedTime(file)));
            }
        }
        return files;
    }
}

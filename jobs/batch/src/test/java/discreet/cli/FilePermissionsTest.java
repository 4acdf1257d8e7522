package discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs commands in an account whose files everybody may read and write by default (umask 0), and looks at the
 * permissions of all that they leave.
 */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
class FilePermissionsTest {
    @TempDir
    private Path folder;

    private void run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = Run.builder(folder, List.of(), arguments);
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 0; exec \"$@\"", "sh"));
        command.addAll(builder.command());
        Run.Started.by(builder.command(command)).end().succeeds();
    }

    /** Returns the permissions of a folder and of all that is in it, with the names of the files. */
    private static List<String> permissions(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            List<String> permissions = new ArrayList<>();
            for (Path each : all.toList()) {
                permissions.add(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each)) + " " + each.getFileName());
            }
            return permissions;
        }
    }

    private void assertOwnersOnly(String path) throws IOException {
        assertThat(permissions(folder.resolve(path)))
                .hasSizeGreaterThan(1)
                .allMatch(line -> line.matches("rw[-x]------ .*"));
    }

    @Test
    void filesThatShowPeople_areTheirOwnersAlone() throws IOException, InterruptedException {
        Service service = Service.in(folder);
        String ratingModel = service.path("rating-model");
        Run.of(service.train()).succeeds();
        Run.of(service.train("--objective", "rating", "--rating-range", "0.5,5", "--model", ratingModel))
                .succeeds();

        run("split", "--ratings", service.ratings(), "--output", service.path("parts"));
        run(service.recommend("--format", "csv", "--output", service.path("lists-csv")));
        run(service.recommend("--output", service.path("lists-parquet")));
        run(
                "predict",
                "--model",
                ratingModel,
                "--histories",
                service.path("parts/histories"),
                "--pairs",
                service.path("parts/holdout"),
                "--output",
                service.path("predictions"));

        assertOwnersOnly("parts");
        assertOwnersOnly("lists-csv");
        assertOwnersOnly("lists-parquet");
        assertOwnersOnly("predictions");
    }
}

package discreet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the launcher in a clone, with stand-ins for Maven, Java and Rust that record their calls. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "sh",
            "bash",
            "dirname",
            "readlink",
            "sed",
            "head",
            "tail",
            "cat",
            "mkdir",
            "find",
            "grep",
            "tr",
            "paste",
            "ls",
            "touch",
            "mv",
            "rm",
            "date",
            "sleep",
            "cksum",
            "flock");

    @TempDir
    private Path folder;

    private Path clone;
    private Path tools;

    @BeforeEach
    void makeClone() throws IOException {
        clone = Files.createDirectory(folder.resolve("a clone"));
        tools = Files.createDirectory(folder.resolve("tools"));
        Path launcher = Path.of("../../discreet").toAbsolutePath().normalize();
        Files.copy(launcher, clone.resolve("discreet"));
        Files.setPosixFilePermissions(clone.resolve("discreet"), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String source : List.of("engine/core/src/main", "jobs/batch/src/main", ".mvn")) {
            Files.createDirectories(clone.resolve(source));
        }
        for (String pom : List.of("pom.xml", "engine/pom.xml", "jobs/pom.xml", "jobs/batch/pom.xml")) {
            Files.writeString(clone.resolve(pom), "");
        }
        for (String tool : TOOLS) {
            Optional<Path> found = Stream.of("/usr/bin", "/bin")
                    .map(bin -> Path.of(bin, tool))
                    .filter(Files::exists)
                    .findFirst();
            if (found.isPresent()) {
                Files.createSymbolicLink(tools.resolve(tool), found.get());
            }
        }
    }

    private void standIn(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void java(String version) throws IOException {
        standIn(
                tools.resolve("java"),
                "[ \"$1\" = -version ] && echo 'openjdk version \"" + version + "\"' >&2 && exit 0\n"
                        + "for word; do last=$word; done; echo \"ran $last\"");
    }

    private void compilers() throws IOException {
        for (String tool : List.of("javac", "cargo", "cc", "make", "perl")) {
            standIn(tools.resolve(tool), "exit 0");
        }
    }

    /** Installs a Maven that leaves the files that the launcher looks for. */
    private void maven(String result) throws IOException {
        standIn(
                clone.resolve("mvnw"),
                "echo building; mkdir -p jobs/batch/target jobs/bench/target\n"
                        + ": > jobs/bench/target/discreet-bench-1.jar\n"
                        + "printf '/x/lib.jar:%s/engine/core/target/e.jar:%s/jobs/batch/target/b.jar' \"$PWD\" \"$PWD\""
                        + " > jobs/bench/target/classpath\n"
                        + "echo \"$*\" >> calls; " + result);
    }

    private Run launch(Path launcher, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(
                process.exitValue(),
                Files.readString(folder.resolve("out"), UTF_8),
                Files.readString(folder.resolve("err"), UTF_8));
    }

    @Test
    void launch_withoutJava_saysHowToGetIt() throws IOException, InterruptedException {
        Run run = launch(clone.resolve("discreet"), "--help").failsWith(1);

        assertThat(run.err()).contains("java is missing", "JDK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.2", "25.0.1"})
    void launch_unsupportedJava_saysSo(String version) throws IOException, InterruptedException {
        java(version);

        assertThat(launch(clone.resolve("discreet"), "--help").failsWith(1).err())
                .contains("JDK " + version.substring(0, 2), "needs 17 to 21");
    }

    @Test
    void launch_noBuildTools_hasOneLineForEach() throws IOException, InterruptedException {
        java("17.0.15");

        Run run = launch(clone.resolve("discreet"), "--help");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(5).allMatch(line -> line.startsWith("Cannot build Discreet: "));
        assertThat(run.err()).contains("javac", "cargo", "cc ", "make", "perl", "rustup");
    }

    @Test
    void launch_firstTimeThroughALink_buildsAndRuns() throws IOException, InterruptedException {
        java("17.0.15");
        compilers();
        maven("exit 0");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a clone", "discreet"));

        Run first = launch(link, "ledger", "show me").succeeds();
        Run second = launch(link, "ledger", "show me").succeeds();

        assertThat(first.out()).isEqualTo("ran show me\n");
        assertThat(first.err()).contains("Building Discreet (first time");
        assertThat(second).isEqualTo(new Run(0, "ran show me\n", ""));
        assertThat(Files.readAllLines(clone.resolve("calls"))).hasSize(1);
    }

    @Test
    void launch_built_runsOnLibrariesThenOwnJars() throws IOException, InterruptedException {
        java("17.0.15");
        compilers();
        maven("exit 0");
        launch(clone.resolve("discreet"), "--help").succeeds();
        standIn(tools.resolve("java"), "echo \"$*\"");

        Run run = launch(clone.resolve("discreet"), "--help").succeeds();

        assertThat(run.out())
                .contains("/x/lib.jar:", "/jobs/bench/target/discreet-bench-1.jar:", "/engine/core/target/e.jar:")
                .contains("/jobs/batch/target/b.jar");
    }

    /**
     * The launcher and {@link Discreet} each know which commands use Spark. A sample uses none of it, and
     * still runs long enough for the options of the long commands.
     */
    @Test
    void launch_anyCommand_hasTheOptionsOfSparkIfItUsesIt() throws IOException, InterruptedException {
        java("17.0.15");
        compilers();
        maven("exit 0");
        launch(clone.resolve("discreet"), "--help").succeeds();
        standIn(tools.resolve("java"), "echo \"$*\"");

        for (String word : Stream.concat(Discreet.commands().stream(), Stream.of("bench", "--help", "-V"))
                .toList()) {
            String options = launch(clone.resolve("discreet"), word).succeeds().out();

            boolean isLong = Discreet.usesSpark(word) || word.equals("sample");
            assertThat(options.contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"))
                    .as(word)
                    .isEqualTo(isLong);
            assertThat(options.contains("-XX:TieredStopAtLevel=1")).as(word).isEqualTo(!isLong);
        }
    }

    @Test
    void launch_newerSource_buildsAgain() throws IOException, InterruptedException {
        java("17.0.15");
        compilers();
        maven("exit 0");
        launch(clone.resolve("discreet"), "--help");
        Files.setLastModifiedTime(
                Files.writeString(clone.resolve("engine/core/src/main/New.java"), ""),
                java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 60_000));

        Run run = launch(clone.resolve("discreet"), "--help").succeeds();

        assertThat(run.err()).startsWith("Building Discreet ...");
        assertThat(Files.readAllLines(clone.resolve("calls"))).hasSize(2);
    }

    @Test
    void launch_buildFails_showsTheEndOfTheLog() throws IOException, InterruptedException {
        java("17.0.15");
        compilers();
        maven("echo no such crate; exit 7");

        Run run = launch(clone.resolve("discreet"), "--help");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("no such crate", "Cannot build Discreet: the build failed");
        assertThat(launch(clone.resolve("discreet"), "--help").err()).contains("no such crate");
    }
}

package discreet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The result of a command, with its exit code and printed output. */
public record Run(int exitCode, String out, String err) {
    /**
     * What is said before the work: how files were understood, and that a model has learned nothing. With so
     * few people as in tests, whether it has depends on its noise.
     */
    private static final Pattern PREVIEW =
            Pattern.compile("(?m)^((Ratings|Histories|Hold-out|Columns|Not used|Rows count|Items|Price) {2,}.*"
                    + "|Remark: This model has learned nothing.*)\\R");

    private static final int MINUTES = 5;

    /** For JVMs that live for seconds: compiling less takes less time than it saves. */
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Runs a command in this JVM, through the same code as the main class. */
    public static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Discreet.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }

    /** Runs a command as a process of its own, with {@code folder} as its working and temporary folder. */
    public static Run process(Path folder, List<String> javaOptions, String... arguments)
            throws IOException, InterruptedException {
        return Started.by(builder(folder, javaOptions, arguments)).end();
    }

    /** A running process with the files that receive its streams. */
    record Started(Process process, Path out, Path err) {
        static Started by(ProcessBuilder builder) throws IOException {
            Path streams = Files.createTempDirectory("discreet-run-");
            Path out = streams.resolve("out");
            Path err = streams.resolve("err");
            return new Started(
                    builder.redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start(),
                    out,
                    err);
        }

        Run end() throws IOException, InterruptedException {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + MINUTES + " minutes");
            }
            return new Run(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        }
    }

    /** Prepares such a process without starting it. */
    public static ProcessBuilder builder(Path folder, List<String> javaOptions, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Opens the packages that Spark needs, as in this JVM. Leaves out the incubator module, which makes
        // Java print a warning.
        Stream.of(System.getProperty("discreet.jvm.options", "").split("\\s+"))
                .filter(option -> !option.isEmpty() && !option.contains("incubator"))
                .forEach(command::add);
        command.addAll(QUICK_START);
        command.addAll(List.of("-Xmx1g", "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp"))));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath(), Discreet.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("DISCREET_LEDGER");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder;
    }

    /** Returns the class path, which Surefire may hide in a jar's manifest and then gives in a property. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /**
     * Asserts that the command failed with this exit code, printed one line of the form "Cannot ..." on
     * stderr after what it had understood, and nothing on stdout.
     */
    public Run failsWith(int code) {
        assertThat(errAfterPreview()).as("stderr").hasLineCount(1).endsWith(System.lineSeparator());
        assertThat(errAfterPreview()).startsWith("Cannot ").doesNotContain("Exception:", "\tat ");
        assertThat(out).as("stdout").isEmpty();
        assertThat(exitCode).as(err).isEqualTo(code);
        return this;
    }

    /** Returns stderr without what is said before the work. */
    public String errAfterPreview() {
        return PREVIEW.matcher(err).replaceAll("");
    }

    public Run succeeds() {
        assertThat(exitCode).as(err).isZero();
        return this;
    }
}

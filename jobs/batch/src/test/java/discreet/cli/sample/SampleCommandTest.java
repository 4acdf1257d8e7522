package discreet.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.shared.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SampleCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temporary;

    @Test
    void sample_smallService_writesBothFilesAndPrintsTheirSize() {
        Path folder = temporary.resolve("new/sample");

        assertThat(run("--people", "50", "--items", "40", "--seed", "-3", "--output", folder.toString()))
                .isZero();
        assertThat(folder).isDirectoryContaining("glob:**ratings.parquet").isDirectoryContaining("glob:**items.csv");
        assertThat(out.toString())
                .matches("[0-9,]+ ratings by 50 people of 40 titles, none of which exists: " + folder + "\\R");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void sample_folderExists_endsWith2() throws IOException {
        Files.createDirectory(temporary.resolve("there"));

        assertThat(run("--output", temporary.resolve("there").toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("Cannot write a sample to ").hasLineCount(1);
    }

    @Test
    void sample_badNumbersOrNoOutput_endsWith2() {
        String folder = temporary.resolve("sample").toString();

        assertThat(run("--people", "0", "--output", folder)).isEqualTo(2);
        assertThat(run("--items", "many", "--output", folder)).isEqualTo(2);
        assertThat(run("--people", "10")).isEqualTo(2);
        assertThat(run("--tastes", "3", "--output", folder)).isEqualTo(2);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void sample_help_endsWith0() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--people=N", "default: 10000", "--output=FOLDER");
    }

    private int run(String... arguments) {
        return new CommandLine(new SampleCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(e.getMessage());
                    return CommandFailure.of(e).exitCode();
                })
                .execute(arguments);
    }
}

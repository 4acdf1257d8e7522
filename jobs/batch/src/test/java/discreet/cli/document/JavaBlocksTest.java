package discreet.cli.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.document.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compiles the Java of the documents. The blocks of a document become one method, which has a Spark session
 * and a data set of histories.
 */
class JavaBlocksTest {
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/guide/java.md"})
    void java_ofDocument_compiles(String document, @TempDir Path folder) throws IOException {
        List<String> lines = Markdown.read(Markdown.PROJECT.resolve(document)).blocks().stream()
                .filter(block -> block.language().equals("java"))
                .map(Block::lines)
                .flatMap(List::stream)
                .toList();
        Path source = Files.writeString(
                folder.resolve("Example.java"),
                lines.stream().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"))
                        + "\nclass Example { void example(org.apache.spark.sql.SparkSession spark,"
                        + " org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> histories) throws Exception {\n"
                        + lines.stream()
                                .filter(line -> !line.startsWith("import "))
                                .collect(Collectors.joining("\n"))
                        + "\n}}\n");

        assertThat(lines).hasSizeGreaterThan(5);
        assertThat(errors(source, folder)).isEmpty();
    }

    private static List<String> errors(Path source, Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, UTF_8)) {
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            compiler.getTask(
                            null,
                            files,
                            found,
                            List.of("-proc:none", "-nowarn", "-d", folder.toString(), "-cp", classPath),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }
}

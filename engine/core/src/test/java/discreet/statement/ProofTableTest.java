package discreet.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks names in docs/design/privacy.md. Every class, method and test in its last table exists, and so does
 * every {@code Class.member} and {@code package.Class} in the text before.
 */
class ProofTableTest {
    private static final Path REPOSITORY = Path.of("..", "..");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

    /** {@code Name}, with a package before it or a member after it, or a test method alone. */
    private static final Pattern NAMED =
            Pattern.compile("((?:[a-z]+\\.)*)([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?|([a-z]\\w*_\\w+)");

    @Test
    void names_inTheTable_exist() throws IOException {
        Map<String, String> sources = sources();
        String everything = String.join("\n", sources.values());

        assertThat(missing(table(), sources, everything)).isEmpty();
    }

    @Test
    void qualifiedNames_inTheText_exist() throws IOException {
        Map<String, String> sources = sources();
        String text = qualified(document());

        assertThat(text).contains("`RowRules.users`");
        assertThat(missing(text, sources, "")).isEmpty();
    }

    @Test
    void qualifiedNames_thatAreGone_areFound() {
        Map<String, String> sources = Map.of("Rules", """
                package discreet.history;
                /** Knows no people, and (no) people) either. */
                record Rules(int most, @Nullable Range users) {
                    int twice() {
                """);

        assertThat(missing(
                        qualified(
                                "`Rules`, `SparkSession`, `Rules.users`, `Rules.twice`, `Rules.people`, `plan.Rules`"),
                        sources,
                        ""))
                .containsExactly("Rules.people", "plan.Rules");
    }

    @Test
    void names_thatAreGone_areFound() throws IOException {
        Map<String, String> sources = Map.of("Rho", "package discreet.privacy; long units() { }");

        assertThat(missing(
                        "`privacy.Rho`, `Rho.units`, `plan.Rho`, `RhoTest`, `Rho.plus`, `sum_ofTwo_adds`",
                        sources,
                        "long units()"))
                .containsExactly("plan.Rho", "RhoTest", "Rho.plus", "sum_ofTwo_adds");
    }

    private static List<String> missing(String text, Map<String, String> sources, String everything) {
        List<String> missing = new ArrayList<>();
        Matcher code = CODE.matcher(text);
        while (code.find()) {
            Matcher named = NAMED.matcher(code.group(1));
            if (named.matches() && !exists(named, sources, everything)) {
                missing.add(code.group(1));
            }
        }
        return missing;
    }

    private static boolean exists(Matcher named, Map<String, String> sources, String everything) {
        if (named.group(4) != null) {
            return everything.contains(named.group(4) + "(");
        }
        String source = sources.get(named.group(2));
        return source != null
                && (named.group(1).isEmpty()
                        || source.contains("package discreet." + withoutLastDot(named.group(1)) + ";"))
                && (named.group(3) == null
                        || source.contains(named.group(3) + "(")
                        || hasComponent(source, named.group(3)));
    }

    /** Returns whether a record has this component, which may be the last one. */
    private static boolean hasComponent(String source, String name) {
        String code = COMMENT.matcher(source).replaceAll("");
        return Pattern.compile("[\\w>\\]] " + name + "\\s*[,)]").matcher(code).find();
    }

    /** Returns the names in code font that have a package or a member, as code again. */
    private static String qualified(String text) {
        return CODE.matcher(text)
                .results()
                .map(code -> code.group(1))
                .filter(code -> NAMED.matcher(code).matches() && code.contains("."))
                .map(code -> "`" + code + "`")
                .collect(Collectors.joining(" "));
    }

    private static String withoutLastDot(String packages) {
        return packages.substring(0, packages.length() - 1);
    }

    private static String document() throws IOException {
        return Files.readString(REPOSITORY.resolve(Path.of("docs", "design", "privacy.md")));
    }

    private static String table() throws IOException {
        String document = document();
        String table = document.substring(document.indexOf("\n## Where each claim is enforced"));
        assertThat(table.lines().filter(line -> line.startsWith("| "))).hasSizeGreaterThan(40);
        return table;
    }

    /**
     * All Java and Rust sources by the name of their file. Classes of one name in several modules count as
     * one.
     */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String folder : List.of("engine", "jobs")) {
            try (Stream<Path> files = Files.walk(REPOSITORY.resolve(folder))) {
                files.filter(file -> file.toString().matches(".*/src/.*\\.(java|rs)"))
                        .filter(file -> !file.toString().contains("/target/"))
                        .forEach(file -> sources.merge(name(file), text(file), String::concat));
            }
        }
        return sources;
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package discreet.text;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import discreet.DiscreetException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds every file to the rules of CONTRIBUTING.md about widths of lines, English and sizes of packages. */
class RepositoryTest {
    private static final double MAX_MARKS_A_SENTENCE = .15;
    private static final int MAX_TYPES_A_PACKAGE = 45;

    private static final Pattern TYPE = Pattern.compile(
            "(?m)^((public|final|abstract|sealed|non-sealed|strictfp) )*(class|record|enum|@?interface) \\w");

    private static final List<TextFile> FILES = TextFile.all();

    @Test
    void files_all_areFound() {
        assertThat(FILES)
                .extracting(TextFile::name)
                .contains(
                        "README.md",
                        "engine/core/src/main/rust/src/lib.rs",
                        "engine/core/src/main/java/discreet/ledger/Ledger.java",
                        "jobs/batch/src/test/java/discreet/cli/Run.java");
        assertThat(modules()).containsKeys("engine/core", "engine/spark", "jobs/batch", "jobs/bench");
    }

    @Test
    void lines_any_areNoWiderThan120ColumnsOr110InProse() {
        assertThat(FILES.stream().flatMap(file -> file.wideLines().stream())).isEmpty();
    }

    @Test
    void prose_any_hasNoBannedPhrase() {
        assertThat(FILES.stream().flatMap(file -> file.findInProse(BannedPhrases.ANY).stream()))
                .isEmpty();
    }

    /** The modules that use core check theirs. */
    @Test
    void strings_anyInCore_haveNoBannedPhrase() {
        assertThat(BannedPhrases.inStrings(DiscreetException.class)).isEmpty();
        assertThat(BannedPhrases.inStrings(BannedPhrases.class)).contains("discreet/text/BannedPhrases.class: whoever");
    }

    @Test
    void javadoc_ofAModule_hasFewSemicolonsAndColons() {
        modules().forEach((module, files) -> {
            Sentences all = Sentences.sum(files.stream().map(RepositoryTest::sentences));
            assertThat(all.marksASentence())
                    .as("semicolons and colons a sentence in %s, most of them in %s", module, worst(files))
                    .isLessThanOrEqualTo(MAX_MARKS_A_SENTENCE);
        });
    }

    @Test
    void packages_any_haveAtMost45TypesAndAreNullMarked() {
        Map<String, List<TextFile>> packages = FILES.stream()
                .filter(file -> file.isJava() && file.name().contains("/src/main/java/"))
                .collect(groupingBy(file -> file.name().substring(0, file.name().lastIndexOf('/'))));
        packages.forEach((name, files) -> {
            assertThat(files.stream().mapToLong(RepositoryTest::types).sum())
                    .as("types in %s", name)
                    .isLessThanOrEqualTo(MAX_TYPES_A_PACKAGE);
            assertThat(files)
                    .as("package-info.java with @NullMarked in %s", name)
                    .anyMatch(file -> file.name().endsWith("/package-info.java")
                            && file.text().contains("\n@NullMarked\n"));
        });
    }

    private static Map<String, List<TextFile>> modules() {
        return FILES.stream()
                .filter(file -> file.isJava() && !file.module().isEmpty())
                .collect(groupingBy(TextFile::module, TreeMap::new, Collectors.toList()));
    }

    private static Sentences sentences(TextFile file) {
        return Sentences.sum(file.javadocs().stream().map(Sentences::ofJavadoc));
    }

    private static String worst(List<TextFile> files) {
        return files.stream()
                .sorted(comparingLong((TextFile file) -> -sentences(file).marks()))
                .limit(10)
                .map(file -> sentences(file).marks() + " " + file.name())
                .collect(Collectors.joining(", "));
    }

    private static long types(TextFile file) {
        return TYPE.matcher(file.text()).results().count();
    }
}

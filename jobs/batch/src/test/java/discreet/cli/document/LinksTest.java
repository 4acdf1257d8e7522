package discreet.cli.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows every link in the project's Markdown. Of links to other machines it checks the form alone.
 */
class LinksTest {
    private static final Pattern MENTION = Pattern.compile("\\bdocs/[\\w./-]+\\.(?:md|svg)(?:#[\\w-]+)?");

    @Test
    void links_inAllMarkdown_leadSomewhere() {
        List<Path> files = Markdown.files(".md");
        List<String> broken = new ArrayList<>();
        for (Path file : files) {
            broken.addAll(broken(Markdown.PROJECT, file));
        }

        assertThat(files).contains(Markdown.PROJECT.resolve("README.md")).hasSizeGreaterThan(40);
        assertThat(broken).isEmpty();
    }

    @Test
    void documents_all_areReachedFromReadme() {
        Set<Path> reached = new TreeSet<>();
        Deque<Path> next = new ArrayDeque<>(List.of(Markdown.PROJECT.resolve("README.md")));
        while (!next.isEmpty()) {
            Path file = next.pop();
            if (file.toString().endsWith(".md") && Files.isRegularFile(file) && reached.add(file)) {
                Markdown.read(file).links().stream()
                        .filter(link -> !link.target().contains(":"))
                        .map(link -> link.target().replaceAll("#.*", ""))
                        .filter(path -> !path.isEmpty())
                        .forEach(path -> next.push(file.resolveSibling(path).normalize()));
            }
        }

        assertThat(reached).containsAll(Markdown.files(".md"));
    }

    /** Comments and messages name documents by their path in the project. */
    @Test
    void documents_thatSourcesName_exist() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : Markdown.files(".java", ".rs", ".sql", ".xml", ".toml", ".html", "discreet", ".ci/run")) {
            Matcher mention = MENTION.matcher(Files.readString(file, UTF_8));
            while (mention.find()) {
                problem(Markdown.PROJECT, Markdown.PROJECT.resolve("README.md"), mention.group())
                        .ifPresent(problem -> broken.add(Markdown.PROJECT.relativize(file) + ": " + problem));
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void links_broken_areFound(@TempDir Path folder) throws IOException {
        Path other = folder.resolve("other.md");
        Files.writeString(other, "# A `title`, twice\n\n## Twice\n\n```\n# no heading\n```\n\n## Twice\n");
        Path file = Files.writeString(folder.resolve("file.md"), """
                # Here
                [fine](other.md), [fine](other.md#a-title-twice), [fine](other.md#twice-1), [fine](#here), [a
                folder](.) and [`fine`](https://example.com/a_(b)), and `[no](link.md)`
                [gone](gone.md)
                [no anchor](other.md#no-heading) [no such number](other.md#twice-2) [nor here](#there)
                [outside](../outside.md) ![picture](picture.svg "Title") [no machine](https:///path)
                """);

        assertThat(broken(folder, file))
                .containsExactly(
                        "file.md:4: gone.md: there is no such file",
                        "file.md:5: other.md#no-heading: there is no such heading",
                        "file.md:5: other.md#twice-2: there is no such heading",
                        "file.md:5: #there: there is no such heading",
                        "file.md:6: ../outside.md: it is outside the project",
                        "file.md:6: picture.svg: there is no such file",
                        "file.md:6: https:///path: no URL of a machine");
    }

    @Test
    void readme_isReadInFiveMinutes() {
        Markdown readme = Markdown.read(Markdown.PROJECT.resolve("README.md"));

        assertThat(readme.lines()).hasSizeLessThanOrEqualTo(150);
        assertThat(readme.lines().stream()
                        .flatMap(line -> Pattern.compile("\\s+").splitAsStream(line))
                        .filter(word -> !word.isEmpty())
                        .count())
                .isLessThanOrEqualTo(1200);
    }

    private static List<String> broken(Path project, Path file) {
        return Markdown.read(file).links().stream()
                .flatMap(link -> problem(project, file, link.target())
                        .map(problem -> project.relativize(file) + ":" + link.line() + ": " + problem)
                        .stream())
                .collect(Collectors.toList());
    }

    private static Optional<String> problem(Path project, Path from, String target) {
        if (target.matches("[a-z]+:.*")) {
            return isUrl(target) ? Optional.empty() : Optional.of(target + ": no URL of a machine");
        }
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        if (!file.startsWith(project)) {
            return Optional.of(target + ": it is outside the project");
        }
        if (!Files.exists(file)) {
            return Optional.of(target + ": there is no such file");
        }
        if (parts.length == 2
                && !(file.toString().endsWith(".md")
                        && Markdown.read(file).anchors().contains(parts[1]))) {
            return Optional.of(target + ": there is no such heading");
        }
        return Optional.empty();
    }

    private static boolean isUrl(String target) {
        try {
            URI uri = new URI(target);
            return uri.getScheme().matches("https?|mailto") && (uri.getHost() != null || uri.isOpaque());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

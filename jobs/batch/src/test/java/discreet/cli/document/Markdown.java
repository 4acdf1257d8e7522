package discreet.cli.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown file of the project: its links, the anchors of its headings, and its fenced blocks. */
record Markdown(Path file, List<String> lines) {
    /** The root of the project. */
    static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
    private static final Pattern FENCE = Pattern.compile("^ {0,3}(```+|~~~+)\\s*(\\S*).*$");
    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern CODE = Pattern.compile("(`+)(?!`).+?(?<!`)\\1(?!`)", Pattern.DOTALL);
    private static final Pattern INLINE =
            Pattern.compile("\\]\\((<[^>]*>|[^()\\s]*(?:\\([^()]*\\)[^()\\s]*)*)(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern DEFINITION = Pattern.compile("(?m)^ {0,3}\\[[^\\]]+\\]:\\s+(\\S+)");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(?:href|src)=\"([^\"]+)\"");

    /** A fenced block. {@code line} counts from 1. */
    record Block(int line, String language, List<String> lines) {}

    /** A link. {@code line} counts from 1. */
    record Link(int line, String target) {}

    static Markdown read(Path file) {
        try {
            return new Markdown(file, Files.readAllLines(file, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the project's files, without those that a build makes. */
    static List<Path> files(String... endings) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(PROJECT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (Stream.of(endings).anyMatch(file.toString()::endsWith)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int first = i + 1;
                do {
                    i++;
                } while (i < lines.size() && !lines.get(i).strip().startsWith(fence.group(1)));
                blocks.add(new Block(first, fence.group(2), lines.subList(first, Math.min(i, lines.size()))));
            }
        }
        return blocks;
    }

    /** The lines with those of fenced blocks empty. */
    private List<String> prose() {
        List<String> prose = new ArrayList<>(lines);
        for (Block block : blocks()) {
            for (int i = block.line() - 1; i <= block.line() + block.lines().size() && i < prose.size(); i++) {
                prose.set(i, "");
            }
        }
        return prose;
    }

    List<Link> links() {
        String text = CODE.matcher(String.join("\n", prose()))
                .replaceAll(code -> "\n".repeat((int)
                                code.group().chars().filter(c -> c == '\n').count()) + "code");
        List<Link> links = new ArrayList<>();
        for (Pattern pattern : List.of(INLINE, DEFINITION, ATTRIBUTE)) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                int line = 1
                        + (int) text.substring(0, matcher.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                links.add(new Link(line, matcher.group(1).replaceAll("[<>]", "")));
            }
        }
        return links;
    }

    /**
     * Returns the anchors that GitHub gives the headings. A heading is put into lower case. Only letters,
     * digits, underscores and hyphens stay, and spaces become hyphens. From the second of two equal ones on a
     * number follows.
     */
    Set<String> anchors() {
        Set<String> anchors = new TreeSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String line : prose()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String slug = heading.group(1)
                        .replaceAll("!?\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc}\\- ]", "")
                        .replace(' ', '-');
                int before = seen.merge(slug, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? slug : slug + "-" + before);
            }
        }
        return anchors;
    }
}

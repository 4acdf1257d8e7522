package discreet.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java, Rust or Markdown file of this repository. */
record TextFile(String name, String text) {
    /** Tests run in the folder of their module, which is two below the repository. */
    static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();

    private static final Set<String> BUILT = Set.of("target", "node_modules");
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("\\s*(/?\\*|//).*");
    private static final Pattern LINK_TARGET = Pattern.compile("]\\([^)]*\\)");

    /** Lists all of them except in hidden folders and in those that a build makes. */
    static List<TextFile> all() {
        List<TextFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(REPOSITORY, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes any) {
                    String name = String.valueOf(folder.getFileName());
                    boolean skipped = name.startsWith(".") || BUILT.contains(name);
                    return skipped && !folder.equals(REPOSITORY)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes any) throws IOException {
                    String name = REPOSITORY.relativize(file).toString().replace('\\', '/');
                    if (name.matches(".*\\.(java|rs|md)")) {
                        files.add(new TextFile(name, Files.readString(file, UTF_8)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(Comparator.comparing(TextFile::name));
        return files;
    }

    boolean isJava() {
        return name.endsWith(".java");
    }

    private boolean isMarkdown() {
        return name.endsWith(".md");
    }

    /** The part of the name before {@code /src/}, such as {@code engine/core}. */
    String module() {
        return name.substring(0, Math.max(0, name.indexOf("/src/")));
    }

    List<String> javadocs() {
        return JAVADOC.matcher(text).results().map(match -> match.group()).toList();
    }

    /**
     * Finds lines wider than 120 columns, or than 110 in comments and Markdown. A comment with a URL may have
     * 120, and in Markdown a URL, a table, a code block and the target of a link may be wider.
     */
    List<String> wideLines() {
        List<String> wide = new ArrayList<>();
        boolean fenced = false;
        List<String> lines = text.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            int columns = line.codePointCount(0, line.length());
            int most = 120;
            if (isMarkdown()) {
                fenced ^= line.startsWith("```");
                boolean exempt = fenced || line.startsWith("|") || line.startsWith("    ") || line.contains("http");
                most = exempt ? Integer.MAX_VALUE : 110;
                columns -= LINK_TARGET
                        .matcher(line)
                        .results()
                        .mapToInt(match -> match.group().length())
                        .sum();
            } else if (COMMENT.matcher(line).matches() && !line.contains("http")) {
                most = 110;
            }
            if (columns > most) {
                wide.add(name + ":" + (at + 1) + ": " + columns + " columns");
            }
        }
        return wide;
    }

    /** Finds a phrase in comments, and in Markdown outside of code. A phrase may span two lines. */
    List<String> findInProse(Pattern phrase) {
        List<String> found = new ArrayList<>();
        String prose = prose();
        Matcher matcher = phrase.matcher(prose);
        while (matcher.find()) {
            long line = 1 + prose.substring(0, matcher.start()).lines().count() - (startsLine(prose, matcher) ? 0 : 1);
            found.add(name + ":" + line + ": " + matcher.group().replaceAll("\\s+", " "));
        }
        return found;
    }

    private static boolean startsLine(String text, Matcher matcher) {
        return matcher.start() == 0 || text.charAt(matcher.start() - 1) == '\n';
    }

    /** Returns the file without its code, line by line. */
    private String prose() {
        StringBuilder prose = new StringBuilder();
        boolean fenced = false;
        for (String line : text.lines().toList()) {
            fenced ^= isMarkdown() && line.startsWith("```");
            if (isMarkdown()) {
                prose.append(fenced || line.startsWith("    ") ? "." : line.replaceAll("`[^`]*`", "`"));
            } else {
                prose.append(COMMENT.matcher(line).matches() ? line.replaceFirst("\\s*[/*]+", "") : ".");
            }
            prose.append('\n');
        }
        return prose.toString();
    }
}

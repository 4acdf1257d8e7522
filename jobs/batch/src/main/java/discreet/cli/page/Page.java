package discreet.cli.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import discreet.InputException;
import discreet.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * Makes a self-contained HTML file from a template of this package, inside the shared frame and style.
 *
 * <p>Every text from outside (names, titles, ids) goes through {@code {{name}}}, which escapes it.
 * {@code {{{name}}}} is reserved for SVG made here. Rendering fails if the template names a value that is
 * missing, so no field is silently empty. The page's content security policy forbids scripts and every fetch.
 * It admits the style by its hash, so a browser applies only the style that was put in here, byte for byte.
 */
public final class Page {
    private static final String FRAME = "frame.html";
    private static final String STYLE = "style.css";
    private static final Mustache.Compiler COMPILER =
            Mustache.compiler().strictSections(true).emptyStringIsFalse(true);

    private final String html;

    private Page(String html) {
        this.html = html;
    }

    /**
     * Renders a template, such as {@code statement.html}, into the frame.
     *
     * @param title shown in the browser's tab
     * @param values the fields that the template names, as a map, a record or another object that has them
     */
    public static Page of(String template, String title, Object values) {
        String style = text(STYLE);
        return new Page(render(
                FRAME,
                Map.of("title", title, "style", style, "styleHash", hash(style), "content", render(template, values))));
    }

    /** Renders a template of this package as a fragment of a page, such as a picture. */
    static String render(String template, Object values) {
        return COMPILER.compile(text(template)).execute(values);
    }

    /** Returns the page as text. */
    public String html() {
        return html;
    }

    /**
     * Writes the page to a temporary file and then gives it its final name, so readers never see half a page.
     * An existing file is never overwritten.
     *
     * @throws InputException if the file exists
     * @throws RunException if the file system refuses, in which case no temporary file remains
     */
    public void write(Path file) {
        Path place = file.toAbsolutePath();
        try {
            Path work =
                    Files.createTempFile(place.getParent(), "." + place.getFileName() + "-", ".new", readableByAll());
            try {
                Files.writeString(work, html);
                try (FileChannel channel = FileChannel.open(work, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                name(work, place);
            } finally {
                Files.deleteIfExists(work);
            }
        } catch (FileAlreadyExistsException e) {
            throw new InputException("Cannot write " + file + ": it exists. Name another file.", e);
        } catch (IOException e) {
            throw new RunException(
                    "Cannot write " + file + ": the file system refused. Check space and permissions.", e);
        }
    }

    /**
     * Names the file by a hard link, which fails if the name is taken where a rename would replace the file.
     * Falls back to a move on file systems without hard links.
     */
    private static void name(Path work, Path place) throws IOException {
        try {
            Files.createLink(place, work);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException e) {
            Files.move(work, place);
        }
    }

    /**
     * Makes the page readable by all because it is meant to be passed on. Temporary files are private by
     * default.
     */
    private static FileAttribute<?>[] readableByAll() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"))
                }
                : new FileAttribute<?>[0];
    }

    private static String hash(String style) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String text(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = Page.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalArgumentException("There is no template " + name + ".");
        }
        return in;
    }
}

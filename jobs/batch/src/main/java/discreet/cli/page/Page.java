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
 * One self-contained HTML file: a template of this package in the frame and the style that all pages share.
 *
 * <p>Every text from outside (names, titles, ids) goes in through {@code {{name}}}, which escapes it; {@code {{{name}}}} is
 * for SVG that was made here. A value that the template names and is not given is an error, so that no field is silently
 * empty. The page's own policy forbids scripts, and everything that would be fetched; a browser applies the style only if it
 * is, to the byte, the one that was put in here.
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
     * @param title what the browser's tab says
     * @param values what the template names: a map, a record, or whatever else has such fields
     */
    public static Page of(String template, String title, Object values) {
        String style = text(STYLE);
        return new Page(render(
                FRAME,
                Map.of("title", title, "style", style, "styleHash", hash(style), "content", render(template, values))));
    }

    /** A part of a page, such as a picture, from a template of this package. */
    public static String render(String template, Object values) {
        return COMPILER.compile(text(template)).execute(values);
    }

    public String html() {
        return html;
    }

    /**
     * Writes the page beside its place and then gives it its name: nobody ever sees half a page, and nothing is overwritten.
     *
     * @throws InputException if something has that name
     * @throws RunException if the file system refuses; nothing is left behind then
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

    /** A link fails where there is a file; a rename would replace it. Not every file system has links. */
    private static void name(Path work, Path place) throws IOException {
        try {
            Files.createLink(place, work);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException e) {
            Files.move(work, place);
        }
    }

    /** A page is there to be passed on, unlike what temporary files are for. */
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

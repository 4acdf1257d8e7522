package discreet.natives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the native library from the jar and loads it once.
 *
 * <p>The library goes to a temporary folder of its own that only its owner can read or write (mode 0700) and
 * that is deleted when the JVM exits. The system property {@value #DIRECTORY_PROPERTY} names another folder,
 * for a machine whose temporary folder is mounted noexec. A file that is already there is used if it is
 * identical byte by byte, and is otherwise replaced in one step. Only the operator may have permission to
 * write to that folder.
 *
 * <p>After loading, the library tests itself. It checks that it has the jar's version, that OpenDP draws from
 * OpenSSL's generator, that the generator works, that its bytes come through the buffer, and that panics are
 * caught. A library that fails this test is not used.
 */
public final class NativeLibrary {
    /** Names the folder to unpack to. */
    static final String DIRECTORY_PROPERTY = "discreet.native.dir";

    /** The version of this jar. The native library must have the same one. */
    static final String VERSION = "0.1.0";

    private static boolean loaded;

    private NativeLibrary() {}

    /**
     * Loads the library if that has not happened yet. Any thread may call this, as often as it likes.
     *
     * @throws NativeLibraryException if the jar has no library for this platform, or the library cannot be
     *     unpacked or loaded, or it fails its self-test
     */
    public static synchronized void load() {
        if (!loaded) {
            open(unpack(Platform.current(), System.getProperty(DIRECTORY_PROPERTY)));
            requireSound(selfTest(VERSION));
            loaded = true;
        }
    }

    static Path unpack(Platform platform, @Nullable String directory) {
        byte[] library = read(platform);
        try {
            return directory == null || directory.isEmpty()
                    ? unpackToTemporary(library, platform.fileName(VERSION))
                    : unpackTo(Files.createDirectories(Path.of(directory)), library, platform.fileName(VERSION));
        } catch (IOException e) {
            throw new NativeLibraryException(
                    "Cannot unpack the native library: the folder cannot be written to. Set -D" + DIRECTORY_PROPERTY
                            + "=FOLDER to a folder that can.",
                    e);
        }
    }

    private static byte[] read(Platform platform) {
        try (InputStream resource = NativeLibrary.class.getResourceAsStream(platform.resource())) {
            if (resource == null) {
                throw new NativeLibraryException(
                        "Cannot load the native library: this jar has none for " + platform.name()
                                + ". Build the jar on that platform (./mvnw package).",
                        null);
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new NativeLibraryException(
                    "Cannot read the native library from the jar: the jar may be incomplete. Download or build"
                            + " it again.",
                    e);
        }
    }

    private static Path unpackToTemporary(byte[] library, String name) throws IOException {
        Path folder = Files.createTempDirectory("discreet-", ownerOnly());
        // The JVM deletes in the reverse order of registration: first the file, then the folder.
        folder.toFile().deleteOnExit();
        Path file = Files.write(folder.resolve(name), library);
        file.toFile().deleteOnExit();
        return file;
    }

    private static Path unpackTo(Path folder, byte[] library, String name) throws IOException {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), library)) {
            return file;
        }
        // Another JVM may be unpacking here as well, or have an older file mapped. So a file in place is
        // never written to.
        Path partial = Files.createTempFile(folder, name, ".partial");
        try {
            Files.write(partial, library);
            try {
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(partial);
        }
        return file;
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    @SuppressWarnings("restricted") // loading native code is the purpose of this class
    static void open(Path file) {
        try {
            System.load(file.toAbsolutePath().toString());
        } catch (UnsatisfiedLinkError e) {
            throw new NativeLibraryException(
                    "Cannot load the native library from "
                            + file.toAbsolutePath().getParent()
                            + ": the cause below says why. If that folder is mounted noexec, set -D"
                            + DIRECTORY_PROPERTY
                            + "=FOLDER to a folder that is not.",
                    e);
        }
    }

    static void requireSound(@Nullable String defect) {
        if (defect != null) {
            throw new NativeLibraryException(
                    "Cannot use the native library: " + defect
                            + ". Build the jar again from clean sources (./mvnw clean package).",
                    null);
        }
    }

    /**
     * Returns what is wrong with the library, or null if it is sound.
     *
     * @param version the version of the jar
     */
    static native @Nullable String selfTest(String version);

    /**
     * Identifies an operating system and a processor by the names that the build gives them, which are those
     * of JNA.
     */
    record Platform(String name, String prefix, String suffix) {
        static Platform current() {
            return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        }

        static Platform of(String os, String architecture) {
            String system = os.toLowerCase(Locale.ROOT);
            String processor = architecture.toLowerCase(Locale.ROOT);
            if (processor.equals("amd64") || processor.equals("x86_64")) {
                processor = "x86-64";
            }
            if (system.startsWith("windows")) {
                return new Platform("win32-" + processor, "", ".dll");
            }
            if (system.startsWith("mac") || system.startsWith("darwin")) {
                return new Platform("darwin-" + processor, "lib", ".dylib");
            }
            return new Platform(system.replace(' ', '-') + "-" + processor, "lib", ".so");
        }

        String resource() {
            return "/discreet/natives/" + name + "/" + prefix + "discreet" + suffix;
        }

        String fileName(String version) {
            return prefix + "discreet-" + version + "-" + name + suffix;
        }
    }
}

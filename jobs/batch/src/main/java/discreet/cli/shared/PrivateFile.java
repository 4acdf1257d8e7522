package discreet.cli.shared;

import discreet.InputException;
import discreet.RunException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file of the operator's boundary, which its owner alone can read (mode 0600). */
public final class PrivateFile {
    private PrivateFile() {}

    /**
     * Writes a new file.
     *
     * @throws InputException if the file exists
     * @throws RunException if the file system refuses
     */
    public static void write(Path file, String text) {
        try {
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.newByteChannel(file, options, ownerAlone()).close();
            Files.writeString(file, text);
        } catch (FileAlreadyExistsException e) {
            throw new InputException("Cannot write " + file + ": it exists. Name another file.", e);
        } catch (IOException e) {
            throw new RunException(
                    "Cannot write " + file + ": the file system refused. Check space and permissions.", e);
        }
    }

    private static FileAttribute<?>[] ownerAlone() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}

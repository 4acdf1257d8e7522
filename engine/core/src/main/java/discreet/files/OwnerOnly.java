package discreet.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Keeps files that show what users rated or like from other users of the machine or the cluster. Folders get
 * mode 0700 and files 0600, whatever the account's umask is. Object stores have no modes and ignore it.
 *
 * <p>Hadoop's own umask ({@code fs.permissions.umask-mode}) does not do that, because folders of the local
 * file system ignore it.
 */
public final class OwnerOnly {
    private static final FsPermission FOLDER = new FsPermission("700");
    private static final FsPermission FILE = new FsPermission("600");

    private OwnerOnly() {}

    /** Makes a folder that its owner alone can enter, and nothing in it yet. */
    public static void makeFolder(FileSystem system, Path folder) throws IOException {
        system.mkdirs(folder, FOLDER);
        if (isLocal(system)) {
            set(local(folder));
        } else {
            system.setPermission(folder, FOLDER);
        }
    }

    /** Takes a file, or a folder with everything below it, from everybody but its owner. */
    public static void close(FileSystem system, Path path) throws IOException {
        if (isLocal(system)) {
            // Hadoop starts a process for each file unless its native library is installed, and does not list
            // the files of checksums
            try (Stream<java.nio.file.Path> all = Files.walk(local(path))) {
                for (java.nio.file.Path each : all.toList()) {
                    set(each);
                }
            }
        } else {
            close(system, system.getFileStatus(path));
        }
    }

    private static void close(FileSystem system, FileStatus status) throws IOException {
        system.setPermission(status.getPath(), status.isDirectory() ? FOLDER : FILE);
        if (status.isDirectory()) {
            for (FileStatus inside : system.listStatus(status.getPath())) {
                close(system, inside);
            }
        }
    }

    private static boolean isLocal(FileSystem system) {
        return system.getUri().getScheme().equals("file");
    }

    private static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }

    private static void set(java.nio.file.Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }
}

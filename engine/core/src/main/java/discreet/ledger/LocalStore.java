package discreet.ledger;

import discreet.InputException;
import discreet.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Keeps sealed files in a local folder, with mode 0700 where there are modes. */
final class LocalStore implements Store {

    private final Path folder;

    private LocalStore(Path folder) {
        this.folder = folder;
    }

    static boolean isLocal(URI uri) {
        return uri.getScheme() == null || "file".equalsIgnoreCase(uri.getScheme());
    }

    static LocalStore at(URI uri) {
        try {
            if (uri.getScheme() == null && uri.getPath() != null) {
                return new LocalStore(Path.of(uri.getPath()).toAbsolutePath().normalize());
            }
            return new LocalStore(Path.of(uri).toAbsolutePath().normalize());
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "Cannot use " + uri + " as a store: it is not a path. Name a local folder, or one on"
                            + " another file system by its URI.",
                    e);
        }
    }

    @Override
    public URI uri() {
        return folder.toUri();
    }

    @Override
    public String place(String file) {
        return folder.resolve(file).toString();
    }

    @Override
    public void create() {
        try {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> content = Files.list(folder)) {
                    if (content.findAny().isPresent()) {
                        throw new InputException("Cannot use " + folder
                                + " as a store: it is not empty. Name an empty folder, or one that does not exist"
                                + " yet.");
                    }
                }
            }
            Files.createDirectories(folder, ownerOnly());
        } catch (IOException e) {
            throw new InputException(
                    "Cannot use " + folder + " as a store: it cannot be made. Check the permissions of its parent.", e);
        }
        checkWritable();
    }

    private FileAttribute<?>[] ownerOnly() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void checkWritable() {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new RunException("Cannot write to the store " + folder
                    + ": it is missing or may not be written to. Put it back, or check its permissions.");
        }
        try {
            sync();
        } catch (IOException e) {
            throw new RunException("Cannot write to the store " + folder + ": its folder cannot be synced.", e);
        }
    }

    /** Syncs the folder, so that the entry of a file that was written survives a crash. */
    private void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public List<String> files() {
        String[] names = folder.toFile().list(); // Files.list makes a path of each and takes six times as long
        if (names == null) {
            throw new RunException(
                    "Cannot read the store " + folder + ". Check that it is there, and its permissions.");
        }
        return List.of(names);
    }

    @Override
    public boolean holds(String file) {
        return Files.exists(folder.resolve(file));
    }

    @Override
    public NewFile create(String file) {
        Path path = folder.resolve(file);
        try {
            return new LocalFile(path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw Store.unwritable(path.toString(), e);
        }
    }

    private final class LocalFile implements NewFile {
        private final Path path;
        private final FileChannel channel;

        LocalFile(Path path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        @Override
        public void write(ByteBuffer bytes) {
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                throw Store.unwritable(path.toString(), e);
            }
        }

        @Override
        public void finish() {
            try {
                channel.force(true);
                channel.close();
                sync();
            } catch (IOException e) {
                throw Store.unwritable(path.toString(), e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw Store.unwritable(path.toString(), e);
            }
        }
    }

    @Override
    public InputStream open(String file) throws IOException {
        return Files.newInputStream(folder.resolve(file));
    }

    @Override
    public void delete(String file) {
        Path path = folder.resolve(file);
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new RunException("Cannot remove " + path + ". Check the permissions of the store.", e);
        }
    }
}

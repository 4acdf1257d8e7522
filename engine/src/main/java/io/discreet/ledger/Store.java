package io.discreet.ledger;

import io.discreet.privacy.InputException;
import io.discreet.privacy.RunException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The local folder that holds a population's sealed files. Which of them count, only the ledger says. */
final class Store {

    private static final String SUFFIX = ".sealed";

    private final Path folder;

    private Store(Path folder) {
        this.folder = folder;
    }

    /** @throws InputException if this is not a local folder */
    static Store at(URI uri) {
        try {
            if (uri.getScheme() == null && uri.getPath() != null) {
                return new Store(Path.of(uri.getPath()).toAbsolutePath().normalize());
            }
            if ("file".equals(uri.getScheme())) {
                return new Store(Path.of(uri).toAbsolutePath().normalize());
            }
        } catch (IllegalArgumentException e) {
            throw new InputException("Cannot use " + uri + " as a store: it is not a path. Name a local folder.", e);
        }
        throw new InputException(
                "Cannot use " + uri + " as a store: only local folders can be one. Name a local folder.");
    }

    URI uri() {
        return folder.toUri();
    }

    Path folder() {
        return folder;
    }

    /**
     * Makes the folder, for the owner's eyes only, or takes one that is empty: a file of another population's must not be
     * taken for one of this.
     */
    void create() {
        try {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> content = Files.list(folder)) {
                    if (content.findAny().isPresent()) {
                        throw new InputException("Cannot use " + folder
                                + " as a store: it is not empty. Name an empty folder, or one that is to be made.");
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

    /** Before anything is charged: a draw that cannot be written is a charge for nothing. */
    void checkWritable() {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new RunException("Cannot write to the store " + folder
                    + ": it is missing or may not be written to. Put it back, or check its permissions.");
        }
        sync();
    }

    /** The files of vectors that are there, half-written ones included. */
    List<Path> files() {
        try (Stream<Path> content = Files.list(folder)) {
            return content.filter(file -> String.valueOf(file.getFileName()).endsWith(SUFFIX))
                    .toList();
        } catch (IOException e) {
            throw new RunException("Cannot read the store " + folder + ". Check its permissions.", e);
        }
    }

    /** The vector's name has no dot, so that two attempts never share a file. */
    Path file(String release, String vector, int attempt) {
        return folder.resolve(release + "." + vector + "." + attempt + SUFFIX);
    }

    /** Makes the entry of a file that was written last. */
    void sync() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new RunException("Cannot write to the store " + folder + ": its folder cannot be synced.", e);
        }
    }

    void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new RunException("Cannot remove " + file + ". Check the permissions of the store.", e);
        }
    }
}

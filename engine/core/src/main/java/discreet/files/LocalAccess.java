package discreet.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/**
 * Reads files of this machine without Hadoop's file systems, which take a fifth of a second to load. That
 * is much for a command that looks at one user. Finds the same files as Hadoop, and names them in the same
 * way.
 */
record LocalAccess() implements FileAccess {
    /** Endings of files that no codec reads. Compressed files other than gzip are left to Hadoop. */
    private static final Set<String> PLAIN = Set.of("", "csv", "tsv", "txt", "parquet");

    private static final String GZIP = "gz";

    /** Returns whether Hadoop would look for this path among the files of this machine, and find it there. */
    static boolean has(String path) {
        try {
            return !path.isEmpty()
                    && path.indexOf(':') < 0
                    && !path.startsWith("//")
                    && !HadoopAccess.isConfigured()
                    && Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public List<FileStatus> matches(String path) throws IOException {
        return List.of(status(Path.of(path).toAbsolutePath().normalize()));
    }

    @Override
    public List<FileStatus> list(FileStatus folder) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        if (!Files.isDirectory(path(folder))) {
            return found;
        }
        try (Stream<Path> inside = Files.list(path(folder))) {
            for (Path path : (Iterable<Path>) inside::iterator) {
                if (FileAccess.isData(path.getFileName().toString()) && Files.exists(path)) {
                    found.add(status(path));
                }
            }
        }
        return found;
    }

    @Override
    public boolean holds(org.apache.hadoop.fs.Path folder, String name) {
        return Files.exists(Path.of(folder.toUri().getPath()).resolve(name));
    }

    private static FileStatus status(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        return new FileStatus(
                folder ? 0 : Files.size(path),
                folder,
                1,
                0,
                Files.getLastModifiedTime(path).toMillis(),
                new org.apache.hadoop.fs.Path("file:" + path));
    }

    private static Path path(FileStatus file) {
        return Path.of(file.getPath().toUri().getPath());
    }

    @Override
    public InputStream open(FileStatus file) throws IOException {
        return Files.newInputStream(path(file));
    }

    @Override
    public InputStream openText(FileStatus file) throws IOException {
        String name = file.getPath().getName();
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (ending.equals(name) || PLAIN.contains(ending)) {
            return open(file);
        }
        if (!ending.equals(GZIP)) {
            return HadoopAccess.configured().openText(file);
        }
        InputStream in = new BufferedInputStream(open(file));
        try {
            return new GZIPInputStream(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public InputFile input(FileStatus file) {
        return new LocalInputFile(path(file));
    }
}

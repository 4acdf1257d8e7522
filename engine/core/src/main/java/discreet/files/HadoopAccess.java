package discreet.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.jspecify.annotations.Nullable;

/** Reads files of any file system that Hadoop knows. */
record HadoopAccess(Configuration hadoop) implements FileAccess {
    private static final PathFilter DATA = path -> FileAccess.isData(path.getName());

    /** {@code spark-submit} hands Hadoop's settings to the driver as system properties with this prefix. */
    private static final String SUBMITTED = "spark.hadoop.";

    /**
     * Returns access by the configuration on the class path and the settings that {@code spark-submit} was
     * given.
     */
    static HadoopAccess configured() {
        Configuration hadoop = new Configuration();
        for (String property : System.getProperties().stringPropertyNames()) {
            if (property.startsWith(SUBMITTED)) {
                hadoop.set(property.substring(SUBMITTED.length()), System.getProperty(property));
            }
        }
        return new HadoopAccess(hadoop);
    }

    /**
     * Returns whether Hadoop is configured at all. If it is, a path without a scheme may be on another file
     * system than this machine's.
     */
    static boolean isConfigured() {
        return HadoopAccess.class.getClassLoader().getResource("core-site.xml") != null
                || System.getProperties().stringPropertyNames().stream().anyMatch(name -> name.startsWith(SUBMITTED));
    }

    @Override
    public List<FileStatus> matches(String path) throws IOException {
        Path given = new Path(path);
        FileSystem system = given.getFileSystem(hadoop);
        // An existing name is taken literally, even with characters that a glob would interpret.
        if (system.exists(given)) {
            return List.of(system.getFileStatus(given));
        }
        FileStatus[] matches = system.globStatus(given, DATA);
        return matches == null ? List.of() : List.of(matches);
    }

    @Override
    public List<FileStatus> list(FileStatus folder) throws IOException {
        return List.of(folder.getPath().getFileSystem(hadoop).listStatus(folder.getPath(), DATA));
    }

    @Override
    public boolean holds(Path folder, String name) throws IOException {
        Path path = new Path(folder, name);
        return path.getFileSystem(hadoop).exists(path);
    }

    @Override
    public InputStream open(FileStatus file) throws IOException {
        return file.getPath().getFileSystem(hadoop).open(file.getPath());
    }

    @Override
    public InputStream openText(FileStatus file) throws IOException {
        return openText(file.getPath());
    }

    InputStream openText(Path file) throws IOException {
        CompressionCodec codec = codec(file);
        InputStream in = file.getFileSystem(hadoop).open(file);
        if (codec == null) {
            return in;
        }
        try {
            return codec.createInputStream(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    @Nullable
    CompressionCodec codec(Path file) {
        return new CompressionCodecFactory(hadoop).getCodec(file);
    }

    @Override
    public InputFile input(FileStatus file) throws IOException {
        return HadoopInputFile.fromStatus(file, hadoop);
    }
}

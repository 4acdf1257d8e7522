package discreet.ledger;

import discreet.InputException;
import discreet.RunException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sealed files in a folder on a file system that Hadoop knows. Its configuration (core-site.xml and the
 * like) comes from the class path, and credentials from there or from the environment, as for everything else
 * in Hadoop. No other class of the ledger uses Hadoop.
 */
final class HadoopStore implements Store {

    /**
     * Limits how long a name node that does not answer is tried. It is a minute instead of a quarter of an
     * hour, because the ledger's lock may be held meanwhile.
     */
    private static final String CONNECT_RETRIES = "ipc.client.connect.max.retries.on.timeouts";

    private static final int BUFFER_BYTES = 1 << 16;

    /** Overwrites no file, and syncs every block. hsync alone would sync the last block only. */
    private static final EnumSet<CreateFlag> NEW_AND_SYNCED = EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK);

    private final URI uri;
    private final Path folder;
    private @Nullable FileSystem opened;

    private HadoopStore(URI uri) {
        this.uri = uri;
        this.folder = new Path(uri);
    }

    /**
     * Makes the store at a URI. {@code abfs://container@account/} has a user where other URIs have a
     * password, so only what follows a colon is a secret.
     */
    static HadoopStore at(URI uri) {
        String user = uri.getRawUserInfo();
        String authority = uri.getRawAuthority();
        if ((user != null && user.indexOf(':') >= 0)
                || (user == null && authority != null && authority.indexOf('@') >= 0)
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new InputException(
                    "Cannot use this URI as a store: it has a password, a query or a fragment, and all readers"
                            + " of the ledger would see it. Configure Hadoop's credentials instead (core-site.xml).");
        }
        if (uri.isOpaque() || uri.getPath() == null || !uri.getPath().startsWith("/")) {
            throw new InputException(
                    "Cannot use " + uri + " as a store: it has no path. Name a folder, such as hdfs://HOST/FOLDER.");
        }
        URI normal = uri.normalize();
        String text = normal.toString();
        return new HadoopStore(
                normal.getPath().length() > 1 && text.endsWith("/")
                        ? URI.create(text.substring(0, text.length() - 1))
                        : normal);
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public String place(String file) {
        return uri + "/" + file;
    }

    /**
     * Opens a file system that only this store uses. The instances that Hadoop caches are configured by their
     * first user, Spark included, and may be closed by any user.
     */
    private synchronized FileSystem fileSystem() throws IOException {
        if (opened == null) {
            opened = FileSystem.newInstance(uri, Configured.CONFIGURATION);
        }
        return opened;
    }

    @Override
    public synchronized void close() {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (IOException e) {
            return; // every file was closed and checked before it was sealed
        } finally {
            opened = null;
        }
    }

    /** Makes the configuration once, on first use. */
    private static final class Configured {
        private static final Configuration CONFIGURATION = configuration();

        private static Configuration configuration() {
            Configuration configuration = new Configuration();
            String[] sources = configuration.getPropertySources(CONNECT_RETRIES);
            if (sources == null || List.of(sources).contains("core-default.xml")) {
                configuration.set(CONNECT_RETRIES, "2");
            }
            return configuration;
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(FileSystem fileSystem) throws IOException;
    }

    /**
     * Turns any failure into an {@link IOException}. Hadoop reports wrong configuration, such as missing
     * classes or unknown schemes, in many ways.
     */
    private <T> T work(Work<T> work) throws IOException {
        try {
            return work.on(fileSystem());
        } catch (InputException | RunException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new IOException("not a file system that can be used", e);
        }
    }

    @Override
    public void create() {
        try {
            work(fileSystem -> {
                requireEmpty(fileSystem);
                if (!fileSystem.mkdirs(folder, new FsPermission(FsAction.ALL, FsAction.NONE, FsAction.NONE))) {
                    throw new IOException("not made");
                }
                return folder;
            });
        } catch (IOException e) {
            throw new InputException(
                    "Cannot use " + uri + " as a store: it cannot be made there. Check that Hadoop's file system for "
                            + uri.getScheme() + " is on the class path and configured (HADOOP_CONF_DIR), that it can be"
                            + " reached, and the permissions of the folder's parent.",
                    e);
        }
        checkWritable();
    }

    private void requireEmpty(FileSystem fileSystem) throws IOException {
        try {
            RemoteIterator<FileStatus> content = fileSystem.listStatusIterator(folder);
            if (content.hasNext()) {
                throw new InputException("Cannot use " + uri
                        + " as a store: it is not empty. Name an empty folder, or one that does not exist yet.");
            }
        } catch (FileNotFoundException e) {
            return; // made later
        }
    }

    @Override
    public void checkWritable() {
        try {
            work(fileSystem -> {
                if (!fileSystem.getFileStatus(folder).isDirectory()) {
                    throw new IOException("not a folder");
                }
                fileSystem.access(folder, FsAction.WRITE_EXECUTE);
                return folder;
            });
        } catch (IOException e) {
            throw new RunException(
                    "Cannot write to the store " + uri
                            + ": it is missing, cannot be reached or may not be written to. Put it back, or check its"
                            + " permissions.",
                    e);
        }
    }

    @Override
    public List<String> files() {
        try {
            return work(fileSystem -> {
                List<String> names = new ArrayList<>();
                RemoteIterator<FileStatus> content = fileSystem.listStatusIterator(folder);
                while (content.hasNext()) {
                    names.add(content.next().getPath().getName());
                }
                return names;
            });
        } catch (IOException e) {
            throw new RunException(
                    "Cannot read the store " + uri
                            + ". Check that it is there and can be reached, and its permissions.",
                    e);
        }
    }

    @Override
    public boolean holds(String file) {
        try {
            return work(fileSystem -> fileSystem.exists(new Path(folder, file)));
        } catch (IOException e) {
            throw new RunException("Cannot read the store " + uri + ". Check that it can be reached.", e);
        }
    }

    @Override
    public NewFile create(String file) {
        Path path = new Path(folder, file);
        try {
            // Fails if the folder is missing, because a store that is gone must not come back empty.
            return work(fileSystem -> new HadoopFile(
                    place(file),
                    fileSystem.createNonRecursive(
                            path,
                            new FsPermission(FsAction.READ_WRITE, FsAction.NONE, FsAction.NONE),
                            NEW_AND_SYNCED,
                            BUFFER_BYTES,
                            fileSystem.getDefaultReplication(path),
                            fileSystem.getDefaultBlockSize(path),
                            null)));
        } catch (IOException e) {
            throw Store.unwritable(place(file), e);
        }
    }

    private static final class HadoopFile implements NewFile {
        private final String place;
        private final FSDataOutputStream stream;

        HadoopFile(String place, FSDataOutputStream stream) {
            this.place = place;
            this.stream = stream;
        }

        @Override
        public void write(ByteBuffer bytes) {
            try {
                stream.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
                bytes.position(bytes.limit());
            } catch (IOException e) {
                throw Store.unwritable(place, e);
            }
        }

        /**
         * Syncs the file. Object stores have nothing to sync, because there a file is whole and durable once
         * it is closed.
         */
        @Override
        public void finish() {
            try {
                if (stream.hasCapability(StreamCapabilities.HSYNC)) {
                    stream.hsync();
                }
                stream.close();
            } catch (IOException e) {
                throw Store.unwritable(place, e);
            }
        }

        @Override
        public void close() {
            try {
                stream.close();
            } catch (IOException e) {
                throw Store.unwritable(place, e);
            }
        }
    }

    @Override
    public InputStream open(String file) throws IOException {
        return work(fileSystem -> fileSystem.open(new Path(folder, file)));
    }

    @Override
    public void delete(String file) {
        try {
            work(fileSystem -> fileSystem.delete(new Path(folder, file), false));
        } catch (IOException e) {
            throw new RunException("Cannot remove " + place(file) + ". Check the permissions of the store.", e);
        }
    }
}

package discreet.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.InputFile;

/** Finds and opens files on the file system that an input is on. */
sealed interface FileAccess permits HadoopAccess, LocalAccess {
    /** Returns the file or folder of that name, or those that match it as a glob if there is none. */
    List<FileStatus> matches(String path) throws IOException;

    /** Returns the files and folders in a folder, bookkeeping left out. */
    List<FileStatus> list(FileStatus folder) throws IOException;

    /** Returns whether a folder has an entry of this name, bookkeeping included. */
    boolean holds(Path folder, String name) throws IOException;

    /** Opens a file for reading its bytes. */
    InputStream open(FileStatus file) throws IOException;

    /** Opens a file for reading its text, decompressed according to its ending. */
    InputStream openText(FileStatus file) throws IOException;

    /** Returns a file as Parquet's readers take it. */
    InputFile input(FileStatus file) throws IOException;

    /**
     * Returns whether a name is that of data. Names that begin with {@code _} or {@code .} are bookkeeping.
     */
    static boolean isData(String name) {
        return !name.startsWith("_") && !name.startsWith(".");
    }
}

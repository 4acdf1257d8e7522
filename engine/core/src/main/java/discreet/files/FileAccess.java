package discreet.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.io.InputFile;

/** The file system that an input is on. */
sealed interface FileAccess permits HadoopAccess, LocalAccess {
    /** Returns the files and folders that a path names: the one of that name, or else those that match it as a glob. */
    List<FileStatus> matches(String path) throws IOException;

    /** Returns the files and folders in a folder, without those that are bookkeeping. */
    List<FileStatus> list(FileStatus folder) throws IOException;

    /** Opens a file for reading its bytes. */
    InputStream open(FileStatus file) throws IOException;

    /** Opens a file for reading its text, decompressed as its ending says. */
    InputStream openText(FileStatus file) throws IOException;

    /** Returns a file as Parquet's readers take it. */
    InputFile input(FileStatus file) throws IOException;

    /** Says whether a name is that of data: names that begin with {@code _} or {@code .} are bookkeeping. */
    static boolean isData(String name) {
        return !name.startsWith("_") && !name.startsWith(".");
    }
}

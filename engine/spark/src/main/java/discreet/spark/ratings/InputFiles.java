package discreet.spark.ratings;

import discreet.files.DataFiles;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;

/**
 * Identifies input files by total size and a fingerprint, so that a rerun sees whether they changed. The
 * files are listed and not read.
 *
 * @param bytes total size
 * @param state path, length and modification time of each file, which change when a file is written
 */
public record InputFiles(long bytes, String state) {
    /**
     * Lists the files of a path.
     *
     * @param what names the input in errors
     * @throws discreet.InputException if there are no files
     */
    public static InputFiles of(SparkSession spark, String path, String what) {
        DataFiles found = DataFiles.find(spark.sessionState().newHadoopConf(), path, what);
        return new InputFiles(
                found.files().stream().mapToLong(FileStatus::getLen).sum(),
                found.files().stream()
                        .map(file -> file.getPath() + " " + file.getLen() + " " + file.getModificationTime())
                        .collect(Collectors.joining("\n")));
    }
}

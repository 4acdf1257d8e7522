package discreet.spark.ratings;

import discreet.history.DataFiles;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;

/**
 * What files an input is made of, as their file system tells it: nothing in them is read.
 *
 * @param bytes their size together
 * @param state path, length and time of modification of each: what changes when somebody writes to one of them
 */
public record InputFiles(long bytes, String state) {
    /**
     * The files behind a path.
     *
     * @param what names them in errors
     * @throws discreet.InputException if there are none
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

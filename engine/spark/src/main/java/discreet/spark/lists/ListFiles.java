package discreet.spark.lists;

import discreet.RunException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
import discreet.history.UserHistory;
import discreet.model.Recommender;
import discreet.spark.ratings.UserParts;
import java.io.IOException;
import java.io.Serializable;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Writes batch lists as a folder of files on any file system that Hadoop supports. The folder appears only
 * once it holds every list. A run that is killed leaves its finished parts behind, and the same run started
 * again makes only the missing ones ({@link PartFolder}).
 *
 * <p>Cost: the histories are read once, and only the rows of unfinished parts are grouped. A part is one task
 * and one file. The model is sent once to each executor. A task holds a batch of users with their lists
 * ({@link ListBatches}) and the buffers of the file format.
 *
 * @param <H> the form of history that the recommender reads
 */
public final class ListFiles<H> {
    private final Recommender<H> recommender;
    private final Catalogue catalogue;
    private final ListRules rules;

    /** Creates a writer of this recommender's lists under the given rules. */
    public ListFiles(Recommender<H> recommender, Catalogue catalogue, ListRules rules) {
        this.recommender = recommender;
        this.catalogue = catalogue;
        this.rules = rules;
    }

    /**
     * Writes the lists to a new folder.
     *
     * @param output a folder that does not exist yet
     * @param parts number of parts
     * @param inputs everything else that decides the lists, namely the users asked for and the state of the
     *     files read
     * @param histories returns the histories of the users whose parts are unfinished, with part i in
     *     partition i
     * @param remarks receives one remark if finished parts were found
     * @throws RunException if the file system refuses to write
     */
    public void write(
            SparkSession spark,
            String output,
            ListFormat format,
            int parts,
            String inputs,
            Function<UserParts, JavaPairRDD<String, UserHistory<H>>> histories,
            Consumer<String> remarks) {
        try {
            FileSystem system =
                    new Path(output).getFileSystem(spark.sessionState().newHadoopConf());
            withoutChecksums(system);
            Path target = system.makeQualified(new Path(output));
            PartFolder folder = new PartFolder(
                    system, target, ListKey.of(recommender, catalogue, rules, format + "\n" + parts + "\n" + inputs));
            folder.removeAbandoned();
            BitSet finished = folder.finished(parts, format);
            if (!finished.isEmpty()) {
                // The remark omits how many parts are finished, since that number follows from the size of
                // the data.
                remarks.accept("Resuming: the parts that are finished are kept.");
            }
            JavaPairRDD<String, UserHistory<H>> unfinished = histories.apply(new UserParts(parts, finished));
            folder.create();
            boolean complete = false;
            try {
                writeParts(spark, folder, format, parts, finished, unfinished);
                folder.complete(parts, format);
                complete = true;
            } finally {
                if (!complete && folder.finished(parts, format).isEmpty()) {
                    folder.remove();
                }
            }
        } catch (IOException e) {
            throw new RunException("Cannot recommend: the file system refused to write " + output + " ("
                    + e.getClass().getSimpleName() + "). Check free space and permissions.");
        }
    }

    /** Turns off Hadoop's checksum files, which no reader of the results needs. */
    private static void withoutChecksums(FileSystem system) {
        system.setWriteChecksum(false);
    }

    private void writeParts(
            SparkSession spark,
            PartFolder folder,
            ListFormat format,
            int parts,
            BitSet finished,
            JavaPairRDD<String, UserHistory<H>> histories)
            throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Task<H> task = new Task<>(
                context.broadcast(recommender),
                context.broadcast(catalogue),
                rules,
                context.broadcast(
                        new SerializableConfiguration(spark.sessionState().newHadoopConf())),
                format,
                folder.attempts() + "/" + context.sc().applicationId() + "-",
                folder.lists().toString(),
                finished);
        histories.foreachPartition(entries -> task.run(
                TaskContext.getPartitionId(), entries, TaskContext.get().taskAttemptId() + ""));
        // Spark makes fewer partitions when it sees that there are no histories at all. Every part needs a
        // file.
        for (int part = histories.getNumPartitions(); part < parts; part++) {
            task.run(part, Collections.emptyIterator(), "driver-" + part);
        }
    }

    /** Writes one part of the lists, on an executor. */
    private record Task<H>(
            Broadcast<Recommender<H>> recommender,
            Broadcast<Catalogue> catalogue,
            ListRules rules,
            Broadcast<SerializableConfiguration> hadoop,
            ListFormat format,
            String attempts,
            String lists,
            BitSet finished)
            implements Serializable {

        /**
         * Writes a part unless it exists.
         *
         * @param histories of the part's users. A part without users gets a file too, so that the number of
         *     files reveals nothing about the users.
         * @param name of the attempt, unique within this run
         */
        void run(int part, Iterator<Tuple2<String, UserHistory<H>>> histories, String name) throws IOException {
            Configuration configuration = hadoop.value().value();
            Path finishedPart = new Path(lists, format.file(part));
            Path attempt = new Path(attempts + name);
            FileSystem system = finishedPart.getFileSystem(configuration);
            if (system.exists(finishedPart)) {
                return;
            }
            // The users of a finished part were filtered out before, so a finished file that has vanished
            // since would be rewritten empty. A folder that another run has completed and removed would be
            // recreated, readable by everybody.
            if (finished.get(part) || !system.exists(attempt.getParent())) {
                throw new IOException("gone");
            }
            withoutChecksums(system);
            try (ListFormat.Sink sink = format.open(attempt, configuration, catalogue.value())) {
                Iterator<UserList> batches = new ListBatches<>(histories, recommender.value(), rules);
                while (batches.hasNext()) {
                    sink.write(batches.next());
                }
            }
            PartFolder.commit(system, attempt, finishedPart);
        }
    }
}

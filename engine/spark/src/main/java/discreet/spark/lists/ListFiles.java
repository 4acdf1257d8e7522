package discreet.spark.lists;

import discreet.RunException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
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
 * Batch lists as files: a folder that appears when all lists are in it, or not at all. A run that is killed leaves its finished parts
 * behind, and the same run again makes only the others ({@link PartFolder}). On any file system that Hadoop knows.
 *
 * <p>Cost: the histories are read and the rows of unfinished parts grouped once; a part is one task and one file. The model travels once
 * to each executor. A task holds a batch of people with their lists ({@link ListBatches}) and what the file's format buffers.
 *
 * @param <H> a history, as the model wants it
 */
public final class ListFiles<H> {
    private final Recommender<H> maker;
    private final Catalogue catalogue;
    private final ListRules rules;

    /** Lists of this model by these rules. */
    public ListFiles(Recommender<H> maker, Catalogue catalogue, ListRules rules) {
        this.maker = maker;
        this.catalogue = catalogue;
        this.rules = rules;
    }

    /**
     * Writes them.
     *
     * @param output a folder that does not exist
     * @param parts number of parts
     * @param inputs what else decides the lists: whose, and from which state of which files
     * @param histories of the people of the parts that are left, part i in partition i
     * @param remarks is told, once, where parts are finished already
     * @throws RunException if the file system refuses
     */
    public void write(
            SparkSession spark,
            String output,
            ListFormat format,
            int parts,
            String inputs,
            Function<UserParts, JavaPairRDD<String, H>> histories,
            Consumer<String> remarks) {
        try {
            FileSystem system =
                    new Path(output).getFileSystem(spark.sessionState().newHadoopConf());
            withoutChecksums(system);
            Path target = system.makeQualified(new Path(output));
            PartFolder folder = new PartFolder(
                    system, target, ListKey.of(maker, catalogue, rules, format + "\n" + parts + "\n" + inputs));
            folder.removeAbandoned();
            BitSet finished = folder.finished(parts, format);
            if (!finished.isEmpty()) {
                // Not how many: that follows from the size of the data
                remarks.accept("Resuming: the parts that are finished are kept.");
            }
            JavaPairRDD<String, H> left = histories.apply(new UserParts(parts, finished));
            folder.create();
            boolean complete = false;
            try {
                writeParts(spark, folder, format, parts, finished, left);
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

    /** Checksum files beside results are of no use to anybody who reads them. */
    private static void withoutChecksums(FileSystem system) {
        system.setWriteChecksum(false);
    }

    private void writeParts(
            SparkSession spark,
            PartFolder folder,
            ListFormat format,
            int parts,
            BitSet finished,
            JavaPairRDD<String, H> histories)
            throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Task<H> task = new Task<>(
                context.broadcast(maker),
                context.broadcast(catalogue),
                rules,
                context.broadcast(
                        new SerializableConfiguration(spark.sessionState().newHadoopConf())),
                format,
                folder.attempts() + "/" + context.sc().applicationId() + "-",
                folder.lists().toString(),
                finished);
        histories.foreachPartition(people ->
                task.run(TaskContext.getPartitionId(), people, TaskContext.get().taskAttemptId() + ""));
        // Where Spark sees that there is nobody at all it makes fewer partitions, and every part is to have a file
        for (int part = histories.getNumPartitions(); part < parts; part++) {
            task.run(part, Collections.emptyIterator(), "driver-" + part);
        }
    }

    /** What a task does with its part; travels to executors. */
    private record Task<H>(
            Broadcast<Recommender<H>> maker,
            Broadcast<Catalogue> catalogue,
            ListRules rules,
            Broadcast<SerializableConfiguration> hadoop,
            ListFormat format,
            String attempts,
            String lists,
            BitSet finished)
            implements Serializable {

        /**
         * Writes a part, unless it is there.
         *
         * @param people of the part; nobody makes a file, too, so that how many there are says nothing about people
         * @param name of the attempt, different from those of all others of this run
         */
        void run(int part, Iterator<Tuple2<String, H>> people, String name) throws IOException {
            Configuration configuration = hadoop.value().value();
            Path whole = new Path(lists, format.file(part));
            Path attempt = new Path(attempts + name);
            FileSystem system = whole.getFileSystem(configuration);
            if (system.exists(whole)) {
                return;
            }
            // Nobody of a finished part comes here: a file that has vanished since would be made anew, empty.
            // And a folder that is gone, since another run completed, would be made anew for everybody to read.
            if (finished.get(part) || !system.exists(attempt.getParent())) {
                throw new IOException("gone");
            }
            withoutChecksums(system);
            try (ListFormat.Sink sink = format.open(attempt, configuration, catalogue.value())) {
                Iterator<UserList> made = new ListBatches<>(people, maker.value(), rules);
                while (made.hasNext()) {
                    sink.write(made.next());
                }
            }
            PartFolder.commit(system, attempt, whole);
        }
    }
}

package io.discreet.jobs;

import io.discreet.evaluate.Split;
import io.discreet.ratings.RatingColumns;
import java.io.PrintWriter;

/** A split on Spark. */
final class SplitJob {
    private SplitJob() {}

    static void run(Split split, String ratings, RatingColumns columns, String output, PrintWriter err) {
        try (Sessions spark = Sessions.start("split", err)) {
            Progress.onTerminal(err).accept("Splitting");
            split.run(spark.session(), ratings, columns, output);
        }
    }
}

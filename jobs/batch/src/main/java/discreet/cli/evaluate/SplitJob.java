package discreet.cli.evaluate;

import discreet.cli.shared.Progress;
import discreet.cli.shared.SecuredSession;
import discreet.history.RatingsInput;
import discreet.spark.evaluate.Split;
import java.io.PrintWriter;

/** Sets people apart for evaluation, on Spark. */
final class SplitJob {
    private SplitJob() {}

    static void run(Split split, RatingsInput ratings, String output, PrintWriter err) {
        try (SecuredSession spark = SecuredSession.start("split", err)) {
            Progress.onTerminal(err).accept("Splitting");
            split.run(spark.session(), ratings, output);
        }
    }
}

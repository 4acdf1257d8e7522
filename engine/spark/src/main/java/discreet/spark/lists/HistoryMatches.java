package discreet.spark.lists;

import discreet.history.HistoryForm;
import discreet.history.UserHistory;
import discreet.statistics.Head;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Counts the users whose histories match nothing, so that an operator sees why lists are the popular items.
 * The counts are exact, so they stay inside the operator's boundary. Each user is in the first count that
 * fits.
 *
 * <p>Cost: one pass over the histories besides the one that makes lists.
 *
 * @param users all users
 * @param nothingInCatalogue users none of whose rows names an item of the catalogue, or who have no row
 * @param nothingCounts users whose items are in the catalogue, with ratings that are too low or missing
 * @param nothingInHead users with items that count, none of which is in the head
 */
public record HistoryMatches(long users, long nothingInCatalogue, long nothingCounts, long nothingInHead)
        implements Serializable {
    private static final HistoryMatches NONE = new HistoryMatches(0, 0, 0, 0);

    /** Counts the users of these histories. */
    public static <H> HistoryMatches of(JavaPairRDD<String, UserHistory<H>> histories, HistoryForm<H> form, Head head) {
        Broadcast<Head> shared =
                JavaSparkContext.fromSparkContext(histories.context()).broadcast(head);
        return histories
                .values()
                .aggregate(
                        NONE,
                        (sum, user) -> sum.plus(of(form.items(user.counted()), user.seen(), shared.value())),
                        HistoryMatches::plus);
    }

    private static HistoryMatches of(int[] counted, int[] seen, Head head) {
        if (seen.length == 0) {
            return new HistoryMatches(1, 1, 0, 0);
        }
        if (counted.length == 0) {
            return new HistoryMatches(1, 0, 1, 0);
        }
        boolean known = Arrays.stream(counted).anyMatch(item -> head.position(item) >= 0);
        return new HistoryMatches(1, 0, 0, known ? 0 : 1);
    }

    private HistoryMatches plus(HistoryMatches other) {
        return new HistoryMatches(
                users + other.users,
                nothingInCatalogue + other.nothingInCatalogue,
                nothingCounts + other.nothingCounts,
                nothingInHead + other.nothingInHead);
    }
}

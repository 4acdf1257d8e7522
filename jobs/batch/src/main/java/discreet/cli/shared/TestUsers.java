package discreet.cli.shared;

import discreet.evaluate.TestUser;
import discreet.history.HistoryForm;
import discreet.history.UserHistory;
import discreet.spark.ratings.Histories;
import java.util.List;

/**
 * Joins the two sides of a split for evaluation. They are collected on the driver, so this is for public data
 * only.
 */
public final class TestUsers {
    private TestUsers() {}

    /** Returns all users with a hidden item, for lists of what they have not seen. */
    public static List<TestUser> of(Histories known, Histories hidden) {
        return of(known, hidden, false);
    }

    /**
     * Returns all users with a hidden item, in order of user id.
     *
     * @param known the histories that are folded in; users without one there have an empty history
     * @param hidden the items that lists should find
     * @param listSeen whether lists may have what people have seen
     */
    public static List<TestUser> of(Histories known, Histories hidden, boolean listSeen) {
        return hidden
                .byUser(HistoryForm.ofItems())
                .leftOuterJoin(known.byUser(HistoryForm.ofItems()))
                .sortByKey()
                .values()
                .collect()
                .stream()
                .map(sides -> TestUser.of(sides._2().orElse(UserHistory.ofItems()), sides._1(), listSeen))
                .filter(user -> user.labels().length > 0)
                .toList();
    }
}

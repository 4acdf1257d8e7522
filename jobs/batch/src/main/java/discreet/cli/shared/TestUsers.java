package discreet.cli.shared;

import discreet.evaluate.TestUser;
import discreet.history.HistoryForm;
import discreet.spark.ratings.Histories;
import java.util.List;

/** The two sides of a split, put together for evaluation. Collected on the driver: for public data only. */
public final class TestUsers {
    private TestUsers() {}

    /**
     * Everybody with a hidden item, in order of user id.
     *
     * @param known what is folded in; whoever is not there has an empty history
     * @param hidden what has to be found
     */
    public static List<TestUser> of(Histories known, Histories hidden) {
        return hidden
                .byUser(HistoryForm.ofItems())
                .leftOuterJoin(known.byUser(HistoryForm.ofItems()))
                .sortByKey()
                .values()
                .collect()
                .stream()
                .map(sides -> TestUser.of(sides._2().orElse(new int[0]), sides._1()))
                .filter(person -> person.labels().length > 0)
                .toList();
    }
}

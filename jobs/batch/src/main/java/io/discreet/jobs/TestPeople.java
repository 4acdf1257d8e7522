package io.discreet.jobs;

import io.discreet.evaluate.TestPerson;
import io.discreet.ratings.Histories;
import java.util.List;

/** The two sides of a split, put together for evaluation. On the driver: for public data only. */
final class TestPeople {
    private TestPeople() {}

    /** Everybody who is on both sides, in order of user id. */
    static List<TestPerson> of(Histories histories, Histories holdout) {
        return histories.byUser().join(holdout.byUser()).sortByKey().values().collect().stream()
                .map(sides -> new TestPerson(sides._1(), sides._2()))
                .toList();
    }
}

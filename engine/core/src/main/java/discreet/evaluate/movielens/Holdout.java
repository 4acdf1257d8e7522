package discreet.evaluate.movielens;

import discreet.evaluate.TestUser;
import java.util.List;

/**
 * Divides the users of a data set into training, test and validation. Items are indices into {@code items},
 * which is sorted by id as text and so agrees with a catalogue of the same ids.
 *
 * @param items ids of the catalogue
 * @param trainingUsers ids of the users in training
 * @param training their items, one array per user in the order of {@code trainingUsers}, ascending and
 *     distinct
 * @param testUsers ids of the users to test on
 * @param test their histories and labels, in the order of {@code testUsers}
 * @param validation other users to tune on, so that no choice is made on the test users
 */
public record Holdout(
        List<String> items,
        List<String> trainingUsers,
        List<int[]> training,
        List<String> testUsers,
        List<TestUser> test,
        List<TestUser> validation) {
    public Holdout {
        items = List.copyOf(items);
        trainingUsers = List.copyOf(trainingUsers);
        training = List.copyOf(training);
        testUsers = List.copyOf(testUsers);
        test = List.copyOf(test);
        validation = List.copyOf(validation);
    }

    /** Receives the rows of a ratings table. */
    @FunctionalInterface
    public interface RowConsumer {
        /** Receives one item of one user. */
        void accept(String user, String item);
    }

    /**
     * Passes on the rows of the training users, user by user, as in a ratings table without ratings and
     * times.
     */
    public void forEachTrainingRow(RowConsumer rows) {
        for (int u = 0; u < training.size(); u++) {
            for (int item : training.get(u)) {
                rows.accept(trainingUsers.get(u), items.get(item));
            }
        }
    }
}

package discreet.evaluate.movielens;

import discreet.evaluate.TestUser;
import java.util.List;

/**
 * People of a data set set apart: who is trained on, who is tested on, who is tuned on. Items are indices into {@code items}, which
 * is sorted by id as text and so agrees with a catalogue of the same ids.
 *
 * @param items ids of the catalogue
 * @param trainingUsers ids of the people in training
 * @param training their items, one array a person in the order of {@code trainingUsers}, ascending and distinct
 * @param testUsers ids of the people to test on
 * @param test their histories and labels, in the order of {@code testUsers}
 * @param validation other people to tune on, so that no choice is made on those who are tested on
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

    /** What takes one row of a ratings table. */
    @FunctionalInterface
    public interface RowConsumer {
        /** One person and one of the person's items. */
        void accept(String user, String item);
    }

    /** Hands over the training people's rows, person after person: what a ratings table without ratings and times would have. */
    public void forEachTrainingRow(RowConsumer rows) {
        for (int u = 0; u < training.size(); u++) {
            for (int item : training.get(u)) {
                rows.accept(trainingUsers.get(u), items.get(item));
            }
        }
    }
}

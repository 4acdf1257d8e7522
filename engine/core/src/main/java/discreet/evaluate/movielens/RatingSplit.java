package discreet.evaluate.movielens;

import discreet.evaluate.RatedUser;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides the ratings of public users into training, validation and test. Items are indices into {@code
 * items}, which is sorted by id as text and so agrees with a catalogue of the same ids.
 *
 * @param users ids of the users
 * @param items ids of the catalogue
 * @param training ratings to learn and to predict from
 * @param validation ratings to tune on, so that no choice is made on the test ratings
 * @param test ratings to predict
 */
public record RatingSplit(List<String> users, List<String> items, Part training, Part validation, Part test) {

    /**
     * Lists some of the ratings, row by row.
     *
     * @param users index of each row's user
     * @param items index of each row's item
     * @param ratings in stars
     */
    @SuppressWarnings("ArrayRecordComponent") // a million rows, never compared
    public record Part(int[] users, int[] items, double[] ratings) {
        /** Returns the number of rows. */
        public int size() {
            return ratings.length;
        }

        Part of(int[] order, int from, int to) {
            int[] rows = Arrays.copyOfRange(order, from, to);
            return new Part(
                    Arrays.stream(rows).map(row -> users[row]).toArray(),
                    Arrays.stream(rows).map(row -> items[row]).toArray(),
                    Arrays.stream(rows).mapToDouble(row -> ratings[row]).toArray());
        }

        /** Returns the row numbers of each user, in order of item. */
        private int[][] byUser(int userCount) {
            List<List<Integer>> rows = new ArrayList<>(userCount);
            for (int user = 0; user < userCount; user++) {
                rows.add(new ArrayList<>());
            }
            for (int row = 0; row < users.length; row++) {
                rows.get(users[row]).add(row);
            }
            return rows.stream()
                    .map(own -> own.stream()
                            .sorted((one, other) -> Integer.compare(items[one], items[other]))
                            .mapToInt(Integer::intValue)
                            .toArray())
                    .toArray(int[][]::new);
        }
    }

    /** Returns the training ratings of each user, which may be none, scaled by the range. */
    public List<RatedHistory> histories(RatingRange range) {
        return Arrays.stream(training.byUser(users.size()))
                .map(rows -> new RatedHistory(
                        Arrays.stream(rows).map(row -> training.items[row]).toArray(),
                        Arrays.stream(rows)
                                .mapToDouble(row -> range.unit(training.ratings[row]))
                                .toArray()))
                .toList();
    }

    /** Returns the users with a row to predict, with their training ratings and these rows. */
    public List<RatedUser> ratedUsers(RatingRange range, Part wanted) {
        List<RatedHistory> known = histories(range);
        int[][] hidden = wanted.byUser(users.size());
        return IntStream.range(0, users.size())
                .filter(user -> hidden[user].length > 0)
                .mapToObj(user -> new RatedUser(
                        known.get(user),
                        Arrays.stream(hidden[user])
                                .map(row -> wanted.items[row])
                                .toArray(),
                        Arrays.stream(hidden[user])
                                .mapToDouble(row -> wanted.ratings[row])
                                .toArray()))
                .toList();
    }
}

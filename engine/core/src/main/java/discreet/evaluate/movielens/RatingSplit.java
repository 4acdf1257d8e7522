package discreet.evaluate.movielens;

import discreet.evaluate.RatedUser;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ratings of public people, divided. Items are indices into {@code items}, which is sorted by id as text and so agrees with a catalogue of
 * the same ids.
 *
 * @param users ids of the people
 * @param items ids of the catalogue
 * @param training what is learned and predicted from
 * @param validation what is tuned on, so that no choice is made on what is tested on
 * @param test what is to be predicted
 */
public record RatingSplit(List<String> users, List<String> items, Part training, Part validation, Part test) {

    /**
     * Some of the ratings, row by row.
     *
     * @param users index into the people, one a row
     * @param items index into the catalogue
     * @param ratings in stars
     */
    @SuppressWarnings("ArrayRecordComponent") // a million rows; never compared
    public record Part(int[] users, int[] items, double[] ratings) {
        /** Number of rows. */
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

        /** Rows by user: one array of row numbers a user, in order of item. */
        private int[][] byUser(int people) {
            List<List<Integer>> rows = new ArrayList<>(people);
            for (int user = 0; user < people; user++) {
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

    /** What each person has in training, by the range; one a user, possibly nothing. */
    public List<RatedHistory> histories(RatingRange range) {
        return Arrays.stream(training.byUser(users.size()))
                .map(rows -> new RatedHistory(
                        Arrays.stream(rows).map(row -> training.items[row]).toArray(),
                        Arrays.stream(rows)
                                .mapToDouble(row -> range.unit(training.ratings[row]))
                                .toArray()))
                .toList();
    }

    /** Everybody with a row to predict: what the person has in training, and the rows. */
    public List<RatedUser> people(RatingRange range, Part wanted) {
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

package discreet.evaluate.movielens;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The protocol behind every RMSE on MovieLens 1M that this project prints: all ratings, divided at random by a seed, whosever they are; a
 * tenth to test on, a tenth to tune on, and the rest to train on and to predict from. Every item with a rating is in the catalogue.
 */
public final class RatingProtocol {
    private static final int ONE_IN = 10;

    private final List<String> users;
    private final List<String> items;
    private final RatingSplit.Part all;

    private RatingProtocol(List<String> users, List<String> items, RatingSplit.Part all) {
        this.users = users;
        this.items = items;
        this.all = all;
    }

    /**
     * Reads MovieLens 1M.
     *
     * @param file as {@link HoldoutProtocol#read}
     * @throws discreet.InputException when the file cannot be read or is another one
     */
    public static RatingProtocol read(Path file) {
        MovieLensFile movieLens = MovieLensFile.read(file);
        IntStream.Builder users = IntStream.builder();
        IntStream.Builder items = IntStream.builder();
        IntStream.Builder ratings = IntStream.builder();
        movieLens.forEachRow((user, item, rating) -> {
            users.add(user);
            items.add(item);
            ratings.add(rating);
        });
        String[] user = users.build().mapToObj(Integer::toString).toArray(String[]::new);
        String[] item = items.build().mapToObj(Integer::toString).toArray(String[]::new);
        List<String> userIds = Arrays.stream(user).distinct().sorted().toList();
        List<String> itemIds = Arrays.stream(item).distinct().sorted().toList();
        return new RatingProtocol(
                userIds,
                itemIds,
                new RatingSplit.Part(
                        indices(user, userIds),
                        indices(item, itemIds),
                        ratings.build().asDoubleStream().toArray()));
    }

    private static int[] indices(String[] ids, List<String> sorted) {
        String[] all = sorted.toArray(String[]::new);
        return Arrays.stream(ids).mapToInt(id -> Arrays.binarySearch(all, id)).toArray();
    }

    /** Number of ratings. */
    public int size() {
        return all.size();
    }

    /** The split of a seed: the same seed gives the same on every machine. */
    public RatingSplit split(long seed) {
        int[] order = new int[all.size()];
        Arrays.setAll(order, row -> row);
        Shuffle.of(order, new Random(seed)); // its algorithm is part of its contract, unlike that of newer generators
        int tenth = order.length / ONE_IN;
        return new RatingSplit(
                users,
                items,
                all.of(order, 2 * tenth, order.length),
                all.of(order, tenth, 2 * tenth),
                all.of(order, 0, tenth));
    }
}

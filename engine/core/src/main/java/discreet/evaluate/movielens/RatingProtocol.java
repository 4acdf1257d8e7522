package discreet.evaluate.movielens;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Divides MovieLens 1M by the protocol behind every RMSE on it that this project prints. A seed divides all
 * ratings at random, whichever users they belong to. A tenth is for testing, a tenth for tuning, and the rest
 * for training and as known ratings to predict from. Every item with a rating is in the catalogue.
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
     * @param file as for {@link HoldoutProtocol#read}
     * @throws discreet.InputException if the file cannot be read or is another one
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

    /** Returns the number of ratings. */
    int size() {
        return all.size();
    }

    /** Returns the split of a seed. The same seed gives the same split on every machine. */
    public RatingSplit split(long seed) {
        int[] order = new int[all.size()];
        Arrays.setAll(order, row -> row);
        Shuffle.of(order, new Random(seed)); // its algorithm is specified, unlike those of newer generators
        int tenth = order.length / ONE_IN;
        return new RatingSplit(
                users,
                items,
                all.of(order, 2 * tenth, order.length),
                all.of(order, tenth, 2 * tenth),
                all.of(order, 0, tenth));
    }
}

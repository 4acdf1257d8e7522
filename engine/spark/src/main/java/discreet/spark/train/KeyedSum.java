package discreet.spark.train;

import discreet.statistics.ItemSum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Computes the item statistic and the number of users exactly where no catalogue lists the items. Per item id
 * the statistic is the sum over users of isqrt(4^19 / k), where k is the number of items that the user has
 * left.
 *
 * <p><b>Sensitivity.</b> Neighbouring data sets differ by one user, who has k distinct ids, at most the cap
 * K. The user adds e = isqrt(4^19 / k) to each of them. So at most K keys change, each by at most e &lt;=
 * 2^19, and the squared Euclidean norm of the change is k e^2 &lt;= 4^19 ({@link ItemSum} has the proof).
 *
 * <p>One pass over the users adds up each id within its task, then reduces by id and collects, for the
 * reasons that {@link TiledSum} gives. The sum modulo 2^64 has the same bits for every partitioning of the
 * users.
 *
 * <p><b>Cost.</b> The driver's memory and the traffic between machines grow with the number of distinct ids
 * in the data. One user's share is bounded by K ids of at most
 * {@link discreet.spark.ratings.ItemIdHistories#LONGEST_ID} UTF-16 units.
 *
 * @param people number of users with an item left
 * @param items the statistic by id, at scale 2^19, not to be modified
 */
record KeyedSum(long people, Map<String, Long> items) {
    /** The key under which users are counted. No item has this id. */
    private static final String PEOPLE = "";

    /**
     * Adds up the ids of all users.
     *
     * @param people distinct item ids of each user, at least one
     */
    static KeyedSum over(JavaRDD<String[]> people) {
        List<Tuple2<String, Long>> sums = people.flatMapToPair(ids -> {
                    List<Tuple2<String, Long>> added = new ArrayList<>(ids.length + 1);
                    long each = ItemSum.contribution(ids.length);
                    for (String id : ids) {
                        added.add(new Tuple2<>(id, each));
                    }
                    added.add(new Tuple2<>(PEOPLE, 1L));
                    return added.iterator();
                })
                .reduceByKey(Long::sum)
                .collect();
        Map<String, Long> items = new HashMap<>();
        sums.forEach(sum -> items.put(sum._1(), sum._2()));
        Long count = items.remove(PEOPLE);
        return new KeyedSum(count == null ? 0 : count, items);
    }

    /** Returns a constant, because even the number of ids would be a release. */
    @Override
    public String toString() {
        return "KeyedSum";
    }
}

package discreet.spark.train;

import discreet.statistics.ItemSum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The item statistic and the number of people, exact, where nobody knows which items there are: per id the sum over people of
 * isqrt(4^19 / k), k being how many items a person has left.
 *
 * <p><b>Sensitivity.</b> Neighbours: one person added or removed. That person has k distinct ids, at most the cap K, and adds e =
 * isqrt(4^19 / k) to each of them: at most K keys change, each by at most e &lt;= 2^19, together by k e^2 &lt;= 4^19 in the square of the
 * Euclidean norm ({@link ItemSum} has the proof).
 *
 * <p>One pass over the people; sums of one id are added up in each task first, then reduced by id and collected, for the reasons that
 * {@link TiledSum} has. The sum modulo 2^64 is the same bits however the people are partitioned. <b>Cost:</b> memory of the driver, and what goes
 * between machines, grow with the number of distinct ids, whoever made them up; one person's share of it is bounded, K ids of at most
 * {@link discreet.spark.ratings.UncataloguedHistories#LONGEST_ID} UTF-16 units.
 *
 * @param people how many people have an item left
 * @param items the statistic by id; to be changed by nobody
 */
record KeyedSum(long people, Map<String, Long> items) {
    /** Where people are counted: no item has this id. */
    private static final String PEOPLE = "";

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

    /** Not even how many: that would be a release. */
    @Override
    public String toString() {
        return "KeyedSum";
    }
}

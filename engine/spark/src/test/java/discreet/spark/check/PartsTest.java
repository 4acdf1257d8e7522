package discreet.spark.check;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.spark.SparkTest;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class PartsTest extends SparkTest {
    private static final class Counter implements Parts.Sum<Counter> {
        private static final long serialVersionUID = 1;

        private long count;

        @Override
        public void add(Counter other) {
            count += other.count;
        }
    }

    /** The second action runs every task again. An accumulator of Spark's own counts them twice. */
    @Test
    void value_tasksThatRunTwice_areAddedOnce() {
        Parts<Counter> parts = new Parts<>(Counter::new);
        spark().sparkContext().register(parts);
        LongAccumulator twin = spark().sparkContext().longAccumulator();
        JavaRDD<Integer> rows = JavaSparkContext.fromSparkContext(spark().sparkContext())
                .parallelize(List.of(1, 2, 3, 4, 5, 6, 7), 3)
                .mapPartitions(some -> {
                    Counter counter = new Counter();
                    some.forEachRemaining(row -> counter.count++);
                    parts.add(counter);
                    twin.add(counter.count);
                    return List.of(1).iterator();
                });

        rows.count();
        rows.count();

        assertThat(parts.value().count).isEqualTo(7);
        assertThat(twin.value()).isEqualTo(14);
    }

    @Test
    void copyAndReset_any_isEmpty() {
        Parts<Counter> parts = new Parts<>(Counter::new);
        parts.add(new Counter());

        assertThat(parts.isZero()).isFalse();
        assertThat(parts.copyAndReset().isZero()).isTrue();
        assertThat(parts.copy().isZero()).isFalse();
    }
}

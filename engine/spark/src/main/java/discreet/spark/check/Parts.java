package discreet.spark.check;

import java.io.Serializable;
import java.util.BitSet;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.util.AccumulatorV2;

/**
 * Adds up one value of each task. A task that runs twice is added once, so retries change nothing. The driver
 * holds one sum and a bit for each task. Serves the tasks of one RDD. Spark reads it from a thread of its own
 * while a task adds to it.
 *
 * @param <V> value of a task
 */
final class Parts<V extends Parts.Sum<V>> extends AccumulatorV2<V, V> {
    private static final long serialVersionUID = 1;

    /** Adds other values to itself. */
    interface Sum<V> extends Serializable {
        void add(V other);
    }

    /** Makes an empty sum, also in tasks. */
    interface Zero<V> extends Supplier<V>, Serializable {}

    private final Zero<V> zero;
    private final BitSet tasks = new BitSet();
    private V total;

    Parts(Zero<V> zero) {
        this.zero = zero;
        this.total = zero.get();
    }

    @Override
    public synchronized boolean isZero() {
        return tasks.isEmpty();
    }

    @Override
    public synchronized Parts<V> copy() {
        Parts<V> copy = new Parts<>(zero);
        copy.merge(this);
        return copy;
    }

    @Override
    public synchronized void reset() {
        tasks.clear();
        total = zero.get();
    }

    /** Adds the value of the task that calls this. */
    @Override
    public synchronized void add(V value) {
        int task = TaskContext.getPartitionId();
        if (!tasks.get(task)) {
            tasks.set(task);
            total.add(value);
        }
    }

    @Override
    public synchronized void merge(AccumulatorV2<V, V> other) {
        Parts<V> more = (Parts<V>) other;
        if (!tasks.intersects(more.tasks)) {
            tasks.or(more.tasks);
            total.add(more.total);
        }
    }

    @Override
    public synchronized V value() {
        return total;
    }
}

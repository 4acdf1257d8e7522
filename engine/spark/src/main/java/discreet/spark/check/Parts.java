package discreet.spark.check;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.util.AccumulatorV2;

/**
 * Collects one value of each task. A task that runs twice replaces its first value, so retries change
 * nothing.
 *
 * @param <V> value of a task
 */
final class Parts<V extends Serializable> extends AccumulatorV2<V, Map<Integer, V>> {
    private static final long serialVersionUID = 1;

    private final HashMap<Integer, V> parts = new HashMap<>();

    @Override
    public boolean isZero() {
        return parts.isEmpty();
    }

    @Override
    public Parts<V> copy() {
        Parts<V> copy = new Parts<>();
        copy.parts.putAll(parts);
        return copy;
    }

    @Override
    public void reset() {
        parts.clear();
    }

    /** Adds the value of the task that calls this. */
    @Override
    public void add(V value) {
        parts.put(TaskContext.getPartitionId(), value);
    }

    @Override
    public void merge(AccumulatorV2<V, Map<Integer, V>> other) {
        parts.putAll(other.value());
    }

    @Override
    public Map<Integer, V> value() {
        return parts;
    }
}

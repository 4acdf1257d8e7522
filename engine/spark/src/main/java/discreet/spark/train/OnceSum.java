package discreet.spark.train;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes an exact sum over private rows at the first need, and keeps it until the last vector made of it is
 * sealed.
 *
 * <p>The vector made last {@link #take takes} the sum, so from DRAW on only the release holds it. {@link
 * #forget} is for a vector that needed no sum, because it was sealed already.
 */
public final class OnceSum<T> {
    private final Supplier<T> compute;
    private @Nullable T sum;

    /** @param compute reads the data. It is called again if the sum is needed after it was forgotten */
    public OnceSum(Supplier<T> compute) {
        this.compute = compute;
    }

    /** Returns the sum and keeps it. */
    public T get() {
        T known = sum;
        if (known == null) {
            known = compute.get();
            sum = known;
        }
        return known;
    }

    /** Returns the sum and forgets it. */
    public T take() {
        T last = get();
        forget();
        return last;
    }

    /** Drops the sum. */
    public void forget() {
        sum = null;
    }

    /** Returns a constant, because a value here would be a release. */
    @Override
    public String toString() {
        return "OnceSum";
    }
}

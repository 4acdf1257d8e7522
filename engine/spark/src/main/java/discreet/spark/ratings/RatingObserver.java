package discreet.spark.ratings;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every rating that tasks read, before anything is left out. What it sees is exact, so only the
 * operator's own check of the input ({@code discreet check}) has one, and no release.
 */
public interface RatingObserver extends Serializable {
    /** Marks an item that is not in the catalogue, or is missing. */
    int ABSENT = Histories.ABSENT;

    /** Starts looking at the ratings of one task. */
    Task start();

    /** Looks at the ratings of one task. */
    interface Task {
        /**
         * Looks at a rating.
         *
         * @param hasUser whether the row has a usable user id
         * @param item index in the catalogue, or {@link #ABSENT}
         * @param id the item's id if it is not in the catalogue, and null if it is, or if the row has none
         * @param rating NaN if it is not usable
         * @param time in milliseconds, or {@link discreet.history.RatingParser#OLDEST}
         */
        void see(boolean hasUser, int item, @Nullable String id, double rating, long time);

        /** Ends the task after its last rating. */
        void end();
    }
}

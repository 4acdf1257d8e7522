package discreet.history;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every record of CSV that tasks read. What it sees is exact, so only the operator's own check of
 * the input ({@code discreet check}) has one, and no release.
 */
public interface CsvObserver extends Serializable {
    /** Starts looking at the records of one task. */
    Task start(CsvLayout layout);

    /** Looks at the records of one task. */
    interface Task {
        /**
         * Looks at a record that is neither blank nor a header.
         *
         * @param fields up to the last column that is used, each null if missing. Null if the text is no
         *     record
         */
        void see(String record, @Nullable String @Nullable [] fields);

        /** Ends the task after its last record. */
        void end();
    }
}

package discreet.statistics;

import java.io.Serializable;

/**
 * Defines a user's row of the Gram matrix, which is the one place where the objectives differ. A definition
 * only proposes values. {@link RowBuilder} turns any proposal into an integer row of bounded norm.
 *
 * @param <P> one user's data
 */
interface RowDefinition<P> extends Serializable {
    /**
     * Returns the preferences of one user. The function is total and depends on that user's data and on
     * released values only.
     */
    Preferences of(P user);
}

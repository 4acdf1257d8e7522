package discreet.statistics;

import java.io.Serializable;

/**
 * What a row of the Gram matrix is made of: the one place where objectives differ. Whatever a definition proposes, {@link RowBuilder}
 * makes an integer row of bounded norm from it.
 *
 * @param <P> one person's data
 */
interface RowDefinition<P> extends Serializable {
    /** A total function of the person's data and of released values. */
    Preferences of(P person);
}

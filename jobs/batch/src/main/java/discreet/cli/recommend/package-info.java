/**
 * The commands {@code recommend}, {@code predict}, {@code related} and {@code explain}, which apply a model
 * to one user or to all.
 */
@NullMarked
package discreet.cli.recommend;

import org.jspecify.annotations.NullMarked;

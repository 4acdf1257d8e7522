/**
 * Applies a model to one user or to all, with the commands {@code recommend}, {@code predict}, {@code
 * related} and {@code explain}.
 */
@NullMarked
package discreet.cli.recommend;

import org.jspecify.annotations.NullMarked;

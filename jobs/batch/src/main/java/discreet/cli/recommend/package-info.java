/**
 * {@code discreet recommend}, {@code predict}, {@code related} and {@code explain}: what a model says to one
 * user or to all.
 */
@NullMarked
package discreet.cli.recommend;

import org.jspecify.annotations.NullMarked;

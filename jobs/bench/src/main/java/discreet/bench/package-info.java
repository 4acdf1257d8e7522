/**
 * Repeats, with the command {@code bench}, the project's published measurements. It is not part of the
 * product's jar.
 */
@NullMarked
package discreet.bench;

import org.jspecify.annotations.NullMarked;

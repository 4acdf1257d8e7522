/**
 * Shows the operator what files of ratings hold, with the command {@code check}. Its figures are exact and
 * stay inside the operator's boundary.
 */
@NullMarked
package discreet.cli.check;

import org.jspecify.annotations.NullMarked;

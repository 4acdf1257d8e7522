/**
 * Tells the public what was released, with the command {@code statement}. It renders a {@link
 * discreet.statement.Statement} as text, JSON or an HTML page, in its own terms and in those of two published
 * lists.
 */
@NullMarked
package discreet.cli.statement;

import org.jspecify.annotations.NullMarked;

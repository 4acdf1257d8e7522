/** {@code discreet statement}: what was released about a population, for readers and programs. */
@NullMarked
package discreet.cli.statement;

import org.jspecify.annotations.NullMarked;

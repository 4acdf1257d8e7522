/** The command line: one class a command, and the main class that runs them and turns errors into exit codes. */
@NullMarked
package discreet.cli;

import org.jspecify.annotations.NullMarked;

/**
 * Contains the main class of the command line, which runs the commands and turns errors into exit codes. Each
 * command group has a package of its own, with one class for each command.
 */
@NullMarked
package discreet.cli;

import org.jspecify.annotations.NullMarked;

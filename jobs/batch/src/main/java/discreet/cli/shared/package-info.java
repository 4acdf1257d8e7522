/**
 * Shares between command groups their options, checks of arguments, wording of errors, Spark sessions, output
 * folders and the formatting of numbers, tables and JSON.
 */
@NullMarked
package discreet.cli.shared;

import org.jspecify.annotations.NullMarked;

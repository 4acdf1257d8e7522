/** What several commands share: checks of arguments, options, Spark sessions, output. */
@NullMarked
package discreet.cli.shared;

import org.jspecify.annotations.NullMarked;

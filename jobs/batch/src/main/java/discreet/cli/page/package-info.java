/** Pages for readers: one HTML file each, whole without a network and without a script. Of the engine it knows the errors; of Spark nothing. */
@NullMarked
package discreet.cli.page;

import org.jspecify.annotations.NullMarked;

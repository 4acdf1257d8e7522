/**
 * Renders reports as self-contained HTML pages with charts in SVG, which need neither a network nor a script.
 * Of the engine this package uses only the exceptions, and it is free of Spark.
 */
@NullMarked
package discreet.cli.page;

import org.jspecify.annotations.NullMarked;

/**
 * A seeded generator of a streaming service that does not exist: titles, people, what they watched and how they rated it. The
 * project's own sample, the demo and load tests come from here, so that no real person's history is ever committed. Free of Spark.
 */
@NullMarked
package discreet.cli.sample;

import org.jspecify.annotations.NullMarked;

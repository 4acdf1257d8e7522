/**
 * Invents a streaming service with a seeded generator, for the commands {@code sample} and {@code demo}. It
 * invents titles, users, what they watched and how they rated it. The project's own sample, the demo and the
 * load tests use it, so that no real user's history is ever committed. The generator is free of Spark.
 */
@NullMarked
package discreet.cli.sample;

import org.jspecify.annotations.NullMarked;
